"""Publishing the ladder: versions, and what is refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from portal.careers import queries
from portal.careers.models import LadderVersion
from portal.careers.operations import Step, publish_ladder
from portal.careers.states import EdgeKind
from portal.core.db import db
from portal.core.errors import Refused
from tests.factories import careers as make
from tests.factories import people

UP, SIDE = EdgeKind.UP, EdgeKind.LATERAL
DAY = date(2026, 11, 24)


@pytest.fixture
def roles(db_session: Any, clock: Any) -> list[Any]:
    return [people.role(f"Role {letter}", level=at) for at, letter in enumerate("ABC", start=1)]


def test_the_same_steps_from_the_same_day_make_no_second_version(roles: list[Any]) -> None:
    a, b, c = roles
    steps = [Step(a, b, UP), Step(b, c, UP)]
    first = publish_ladder(steps, effective_from=DAY, by=None)
    assert publish_ladder(steps[::-1], effective_from=DAY, by=None) is first
    other = publish_ladder([*steps, Step(c, a, SIDE)], effective_from=DAY, by=None)
    assert (first.number, other.number) == (1, 2)


def test_the_ladder_of_a_day_is_the_last_that_holds_then(roles: list[Any]) -> None:
    a, b, c = roles
    for day, end in ((date(2026, 1, 1), b), (date(2027, 1, 1), c), (date(2026, 6, 1), c)):
        publish_ladder([Step(a, end, UP)], effective_from=day, by=None)
    db.session.flush()
    numbers = [
        row.number if (row := db.session.scalar(queries.ladder_on(day))) else None
        for day in (date(2025, 1, 1), date(2026, 3, 1), DAY, date(2027, 1, 1))
    ]
    assert numbers == [None, 1, 3, 2]


def test_a_ladder_that_would_never_be_in_force_is_refused(roles: list[Any]) -> None:
    a, b, c = roles
    publish_ladder([Step(a, b, UP)], effective_from=date(2026, 5, 1), by=None)
    with pytest.raises(Refused, match="applies from May 1, 2026") as refused:
        publish_ladder([Step(a, c, UP)], effective_from=date(2026, 4, 30), by=None)
    assert refused.value.field == "effective_from"


def test_a_circle_of_steps_up_is_refused_by_name(roles: list[Any]) -> None:
    a, b, c = roles
    steps = [Step(a, b, UP), Step(b, c, UP), Step(c, a, UP)]
    with pytest.raises(Refused) as refused:
        publish_ladder(steps, effective_from=DAY, by=None)
    assert "Role A → Role B → Role C → Role A" in refused.value.message
    assert refused.value.field == "steps"
    assert db.session.scalar(sa.select(sa.func.count(LadderVersion.id))) == 0


def test_a_way_back_that_is_not_up_is_no_circle(roles: list[Any]) -> None:
    a, b, _c = roles
    version = publish_ladder([Step(a, b, UP), Step(b, a, SIDE)], effective_from=DAY, by=None)
    assert len(version.edges) == 2


def test_two_ways_up_to_the_same_role_are_no_circle(roles: list[Any]) -> None:
    a, b, c = roles
    steps = [Step(a, b, UP), Step(b, c, UP), Step(a, c, UP)]
    assert len(publish_ladder(steps, effective_from=DAY, by=None).edges) == 3


def test_no_step_a_step_to_itself_and_a_step_twice_are_refused(roles: list[Any]) -> None:
    a, b, _c = roles
    for steps, words in (
        ([], "at least one step"),
        ([Step(a, a, UP)], "to itself"),
        ([Step(a, b, UP), Step(a, b, SIDE)], "there twice"),
    ):
        with pytest.raises(Refused, match=words):
            publish_ladder(steps, effective_from=DAY, by=None)


def test_steps_lead_up_first_and_then_elsewhere(roles: list[Any]) -> None:
    a, b, c = roles
    make.ladder((a, c, EdgeKind.SPECIALIST), (a, b, UP))
    found = [(row[0].id, row[1]) for row in db.session.execute(queries.steps_from(a.id, DAY))]
    assert found == [(b.id, UP), (c.id, EdgeKind.SPECIALIST)]
    assert list(db.session.scalars(queries.roles_leading_to(c.id, DAY))) == [a.id]
