"""Whose figures who sees: a literal table, the same in the rule and in the query."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from portal.accounts.models import Account
from portal.core.db import db
from portal.metrics import policy, queries
from portal.people.models import Person
from tests.factories import metrics as make
from tests.factories import people

pytestmark = pytest.mark.usefixtures("db_session")


@pytest.fixture
def scene() -> dict[str, Account]:
    chief, lead, manager = people.person(), people.person(), people.person()
    branch = people.team(lead=chief)
    team = people.team(parent=branch, lead=lead)
    person = people.employment(team=team, manager=manager).person
    peer = people.employment(team=team, manager=manager).person
    other = people.person()
    return {
        "self": people.account(person=person),
        "manager": people.account(person=manager),
        "lead": people.account(person=lead, leads=team),
        "above": people.account(person=chief, leads=branch),
        "peer": people.account(person=peer),
        "other lead": people.account(person=other, leads=people.team(lead=other)),
        "hr": people.account(roles=["hr"]),
        "executive": people.account(roles=["executive"]),
        "admin": people.account(roles=["admin"]),
        "interviewer": people.account(roles=["interviewer"]),
    }


SEES = {"self", "manager", "lead", "above", "hr", "executive"}


def test_a_person_s_figures_are_for_them_those_above_hr_and_directors(
    scene: dict[str, Account],
) -> None:
    person = db.session.get_one(Person, scene["self"].person_id)
    assert {name for name, viewer in scene.items() if policy.see_metrics(viewer, person)} == SEES
    listed = {
        name
        for name, viewer in scene.items()
        if db.session.scalar(
            sa.select(Person.id).where(Person.id == person.id, queries.visible_to(viewer))
        )
    }
    assert listed == SEES


def test_who_has_left_is_seen_by_hr_and_directors_alone(scene: dict[str, Account]) -> None:
    person = db.session.get_one(Person, scene["self"].person_id)
    person.employments[0].ends_on = date(2026, 10, 31)
    db.session.flush()
    seen = {name for name, viewer in scene.items() if policy.see_metrics(viewer, person)}
    assert seen == {"self", "hr", "executive"}


def test_hr_corrects_figures_but_not_their_own(scene: dict[str, Account]) -> None:
    person = db.session.get_one(Person, scene["self"].person_id)
    value = make.value(person)
    assert {n for n, viewer in scene.items() if policy.correct_value(viewer, value)} == {"hr"}
    own = make.value(db.session.get_one(Person, scene["hr"].person_id))
    assert not policy.correct_value(scene["hr"], own)
