"""One statement serves all who hold the same roles, and asks for each of them what is theirs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.dialects import postgresql, sqlite

from portal.accounts.models import Account
from portal.core import clock as time
from portal.core.db import db
from portal.home.gathering import statements
from portal.home.kept import MOST_KEPT, parameters_of, statements_for
from portal.home.need import Source
from portal.home.needs import SOURCES, needs_of
from tests.factories import meetings, people

ROLES = [
    [], ["hr"], ["executive"], ["manager"], ["interviewer"], ["admin"], ["planner"],
    ["manager", "planner"], ["hr", "executive"], ["hr", "admin", "manager"],
]  # fmt: skip
PATHS = [[], ["/1/4/", "/2/"]]
DIALECTS = (sqlite.dialect(), postgresql.dialect())

pytestmark = pytest.mark.usefixtures("db_session", "clock")


@pytest.fixture(autouse=True)
def in_a_request(app: Flask, db_session: Any) -> Any:
    with app.test_request_context():
        yield


def sources_of(viewer: Account) -> list[Source]:
    found = (one for source in SOURCES for one in source(viewer))
    return [one for one in found if isinstance(one, Source)]


def viewer_with(roles: list[str], paths: list[str]) -> Account:
    """Somebody whose numbers no statement holds by chance."""
    account = people.account(person=people.person(id=people.person().id + 777_000), roles=roles)
    account.led_paths = paths
    return account


def text(statement: Any, dialect: Any, **values: object) -> str:
    filled = statement.params(most=31, keys=[1, 2], **values)
    return str(filled.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))


@pytest.mark.parametrize("paths", PATHS, ids=len)
@pytest.mark.parametrize("roles", ROLES, ids=" ".join)
def test_what_was_built_for_another_is_what_would_be_built_for_oneself(
    roles: list[str], paths: list[str]
) -> None:
    first, second = viewer_with(roles, [f"/9{path}" for path in paths]), viewer_with(roles, paths)
    statements_for(first, sources_of(first))
    kept = statements_for(second, sources_of(second))
    assert kept is statements_for(first, sources_of(first))
    own = Account(
        id=second.id, person_id=second.person_id, roles=roles, time_zone=second.time_zone,
        led_paths=[sa.literal(path) for path in paths],
    )  # fmt: skip
    built = statements(sources_of(own), own)
    values = parameters_of(second)
    for dialect in DIALECTS:
        assert text(kept.finding, dialect, **values) == text(built.finding, dialect)
    for ours, theirs in zip(kept.reading, built.reading, strict=True):
        assert text(ours, DIALECTS[0], **values) == text(theirs, DIALECTS[0])


def test_colleagues_with_the_same_roles_see_what_is_theirs(clock: Any) -> None:
    (one, her), (two, him) = ((account, account.person_id) for account in map(_account, "AB"))
    for account, title in ((one, "Hers"), (two, "His")):
        owner = db.session.get_one(people.Person, account.person_id)
        talk = meetings.meeting(meetings.series(host=owner), starts_at=time.now())
        meetings.action(talk, owner, title, due_on=time.today())
    titles = {key: {one.title for one in needs_of(account)} & {"Hers", "His"}
              for key, account in ((her, one), (him, two))}  # fmt: skip
    assert titles == {her: {"Hers"}, him: {"His"}}


def _account(name: str) -> Account:
    return people.account(person=people.person(name))


def test_days_and_moments_go_on_with_the_clock(clock: Callable[[datetime], None]) -> None:
    viewer = _account("Ceren")
    owner = db.session.get_one(people.Person, viewer.person_id)
    now, noon = time.now(), datetime(2026, 11, 24, 12, tzinfo=UTC)
    series = meetings.series(host=people.person("Lale", "Ak"), guest=owner)
    talk = meetings.meeting(series, starts_at=noon + timedelta(days=3, hours=-1))
    meetings.action(talk, owner, "Guide", due_on=time.today() + timedelta(days=8))
    assert needs_of(viewer) == [], "the talk begins in more than three days, the guide in eight"
    clock(noon)
    assert [one.title for one in needs_of(viewer)] == ["1:1 with Lale Ak"], "later on the same day"
    clock(now + timedelta(days=1))
    assert [one.title for one in needs_of(viewer)] == ["1:1 with Lale Ak", "Guide"], "the day after"


def test_no_more_than_so_many_are_kept(clock: Callable[[datetime], None]) -> None:
    viewer = _account("Ceren")
    first = statements_for(viewer, [])
    assert statements_for(viewer, []) is first
    for day in range(1, MOST_KEPT + 2):
        clock(time.now() + timedelta(days=day))
        statements_for(viewer, [])
    clock(datetime(2026, 11, 24, 9, tzinfo=UTC))
    assert statements_for(viewer, []) is not first
