"""What the home page asks for around succession, and of whom."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from portal.core import clock
from portal.core.db import db
from portal.home.needs import needs_of
from portal.succession.states import NominationState
from tests.factories import people, succession

pytestmark = pytest.mark.usefixtures("db_session", "clock")


@pytest.fixture(autouse=True)
def in_a_request(app: Any, db_session: Any) -> Any:
    with app.test_request_context():
        yield


def titles(account: Any) -> list[str]:
    db.session.flush()
    return [one.title for one in needs_of(account)]


def test_a_nomination_waits_for_a_second_person_alone() -> None:
    kept = succession.key_position(holder=people.person("Mete"))
    person = people.employment().person
    nominee = people.account(person=person, roles=["hr", "executive"])
    proposer, other = people.account(roles=["hr"]), people.account(roles=["hr"])
    succession.nomination(kept, person, by=proposer, state=NominationState.PROPOSED)
    assert [one for one in titles(other) if "to approve" in one]
    assert titles(proposer) == titles(nominee) == titles(people.account(roles=["admin"])) == []


def test_a_planner_is_told_of_their_own_line_only() -> None:
    team = people.team()
    kept = succession.key_position(team=team)
    planner = people.account(leads=team, roles=["manager", "planner"])
    manager = people.account(leads=team, roles=["manager"])
    elsewhere = people.account(leads=people.team(), roles=["manager", "planner"])
    assert [one for one in titles(planner) if "nobody holds it" in one]
    assert titles(manager) == titles(elsewhere) == titles(people.account(roles=["hr"])) == []
    people.employment(people.person("Nil"), team=team, position_id=kept.position_id)
    assert titles(planner) == []


def test_a_successor_who_left_is_named_once_they_are_gone() -> None:
    team = people.team()
    kept = succession.key_position(team=team, holder=people.person("Mete"))
    job = people.employment(people.person("Ceren"))
    succession.nomination(kept, job.person)
    planner = people.account(leads=team, roles=["manager", "planner"])
    assert titles(planner) == []
    job.ends_on = clock.today() - timedelta(days=1)
    assert [one for one in titles(planner) if "a successor has left" in one]
