"""For whom certifications are mandatory, and the queues they serve."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from portal.certification import operations, queries
from portal.certification.models import Mandate
from portal.certification.states import CertificationState
from portal.core.db import db
from portal.core.errors import Refused
from portal.people.models import Employment, Team
from tests.factories import certification as make
from tests.factories import people
from tests.factories.people import in_words

TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def stopped(clock: Any, db_session: Any) -> None:
    """Nothing here depends on the day the tests run."""


@pytest.fixture
def hr(db_session: Any) -> Any:
    return people.account(roles=["hr"])


def asked_of(employment: Employment, day: date = TODAY) -> list[int]:
    one = [row.id for row in db.session.scalars(queries.mandatory_for(employment, day))]
    bulk = (
        sa.select(Mandate.id)
        .select_from(Employment)
        .join(Team, Team.id == Employment.team_id)
        .join(Mandate, queries.mandate_matches())
        .where(Employment.id == employment.id, Mandate.id.in_(one))
    )
    assert sorted(one) == sorted(db.session.scalars(bulk))
    return one


def test_a_mandate_for_a_team_holds_for_the_teams_below_it_only() -> None:
    top = people.team()
    below = people.team(parent=top)
    sibling = people.team(site=top.site)
    mandate = make.mandate(make.certification(), team=top)
    assert asked_of(people.employment(team=top)) == [mandate.id]
    assert asked_of(people.employment(team=below)) == [mandate.id]
    assert asked_of(people.employment(team=sibling)) == []


def test_a_team_whose_number_begins_alike_is_another_team() -> None:
    top = people.team()
    alike = people.team(site=top.site)
    alike.path = f"{top.path[:-1]}0/"
    make.mandate(make.certification(), team=top)
    assert asked_of(people.employment(team=alike)) == []


def test_a_mandate_for_a_queue_holds_for_all_who_serve_it() -> None:
    first, second, other = people.team(), people.team(), people.team()
    below = people.team(parent=second)
    queue = make.queue(first, second)
    mandate = make.mandate(make.certification(), queue=queue)
    for team in (first, second, below):
        assert asked_of(people.employment(team=team)) == [mandate.id]
    assert asked_of(people.employment(team=other)) == []


def test_conditions_add_up() -> None:
    role, team = people.role(), people.team()
    mandate = make.mandate(make.certification(), role=role, team=team, site=team.site)
    assert asked_of(people.employment(role=role, team=team)) == [mandate.id]
    assert asked_of(people.employment(team=team)) == []
    assert asked_of(people.employment(role=role, team=people.team())) == []
    abroad = people.employment(role=role, team=team)
    abroad.site = people.site()
    assert asked_of(abroad) == []


def test_a_mandate_asks_from_its_first_to_its_last_day() -> None:
    role = people.role()
    mandate = make.mandate(
        make.certification(), role=role, starts_on=date(2026, 11, 24), ends_on=date(2026, 11, 25)
    )
    job = people.employment(role=role)
    asked = {day: asked_of(job, date(2026, 11, day)) for day in (23, 24, 25, 26)}
    assert asked == {23: [], 24: [mandate.id], 25: [mandate.id], 26: []}
    rows = db.session.scalars(queries.mandates_on(date(2026, 11, 26))).all()
    assert mandate not in rows


def test_new_people_have_some_days_and_so_has_everybody_when_a_rule_begins() -> None:
    mandate = make.mandate(make.certification(), starts_on=date(2026, 11, 1), within_days=30)
    assert mandate.due_on(date(2026, 11, 10)) == date(2026, 12, 10)
    assert mandate.due_on(date(2020, 1, 1)) == date(2026, 12, 1)


def test_a_mandate_is_set_once(hr: Any) -> None:
    certification, role = make.certification(), people.role()
    mandate = operations.set_mandate(
        certification, role=role, within_days=14, starts_on=TODAY, by=hr
    )
    assert (mandate.role_id, mandate.within_days) == (role.id, 14)
    with pytest.raises(Refused, match="already"):
        operations.set_mandate(certification, role=role, starts_on=TODAY, by=hr)
    operations.set_mandate(certification, role=role, team=people.team(), starts_on=TODAY, by=hr)
    operations.end_mandate(mandate, ends_on=date(2026, 12, 31), by=hr)
    operations.set_mandate(certification, role=role, starts_on=date(2027, 1, 1), by=hr)


def test_a_mandate_needs_somebody_and_a_certification_in_use(hr: Any) -> None:
    certification, role = make.certification(), people.role()

    def refused(field: str | None, **values: Any) -> None:
        with pytest.raises(Refused) as caught:
            operations.set_mandate(certification, **({"starts_on": TODAY, "by": hr} | values))
        assert caught.value.field == field

    refused("role")
    refused("within_days", role=role, within_days=-1)
    refused("queue", queue=make.queue(people.team(), is_active=False))
    certification.state = CertificationState.RETIRED
    refused(None, role=role)


def test_a_mandate_ends_once_and_not_before_it_begins(hr: Any) -> None:
    mandate = make.mandate(make.certification(), starts_on=TODAY)
    with pytest.raises(Refused, match="from"):
        operations.end_mandate(mandate, ends_on=date(2026, 11, 23), by=hr)
    operations.end_mandate(mandate, ends_on=TODAY, by=hr)
    with pytest.raises(Refused, match="until"):
        operations.end_mandate(mandate, ends_on=date(2026, 12, 1), by=hr)


def test_a_queue_keeps_its_teams_and_changes_them(hr: Any) -> None:
    first, second = people.team(), people.team()
    queue = operations.add_queue(
        key="trade", name=in_words("Trading"), minimum=2, teams=[first], by=hr
    )
    kept = queue.teams[0].id
    operations.change_queue(queue, name={"en": " Orders "}, minimum=0, teams=[first, second], by=hr)
    db.session.flush()
    assert ([row.team for row in queue.teams], queue.teams[0].id) == ([first, second], kept)
    assert (queue.name, queue.minimum) == ({"en": "Orders"}, 0)
    operations.change_queue(queue, name=queue.name, minimum=0, teams=[second], by=hr)
    assert [row.team for row in queue.teams] == [second]


def test_a_queue_needs_a_name_a_team_and_a_sane_minimum(hr: Any) -> None:
    good = {"key": "q", "name": {"en": "Q"}, "minimum": 1, "teams": [people.team()]}
    operations.add_queue(**good, by=hr)
    for field, value in (
        ("key", "q"), ("name", {"en": " "}), ("teams", []), ("minimum", -1), ("minimum", 10_001),
    ):  # fmt: skip
        with pytest.raises(Refused) as caught:
            operations.add_queue(**(good | {"key": "other"} | {field: value}), by=hr)
        assert caught.value.field == field


def test_a_queue_that_asks_for_certificates_goes_on(hr: Any) -> None:
    team = people.team()
    queue = make.queue(team)
    mandate = make.mandate(make.certification(), queue=queue, starts_on=TODAY)
    change = {"name": queue.name, "minimum": 1, "teams": [team], "is_active": False, "by": hr}
    with pytest.raises(Refused) as caught:
        operations.change_queue(queue, **change)
    assert caught.value.field == "is_active"
    mandate.starts_on, mandate.ends_on = date(2026, 11, 1), date(2026, 11, 23)
    operations.change_queue(queue, **change)
    assert db.session.scalars(queries.queues(active=True)).all() == []
