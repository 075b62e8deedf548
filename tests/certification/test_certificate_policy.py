"""Who may do what about one person's certificates, as a table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from portal.accounts.models import Account
from portal.certification import policy
from portal.people.models import Person
from tests.factories import certification as make
from tests.factories import people

pytestmark = pytest.mark.usefixtures("db_session", "clock")

READ = {"holder", "manager", "lead", "above", "hr"}
ANSWER = READ - {"holder"}
ROWS: dict[str, tuple[Callable[..., bool], str, set[str]]] = {
    "see": (policy.see_certificates, "person", READ),
    "begin": (policy.start_pursuit, "person", READ),
    "add": (policy.add_certificate, "person", READ),
    "award": (policy.see_award, "award", READ),
    "pursuit": (policy.see_pursuit, "pursuit", READ),
    "hand in": (policy.hand_in, "pursuit", READ),
    "check": (policy.check_award, "award", ANSWER),
    "check what one entered": (policy.check_award, "entered", ANSWER - {"hr"}),
    "revoke": (policy.revoke_award, "award", {"hr"}),
    "correct": (policy.correct_award, "award", {"hr"}),
    "waive": (policy.waive_certification, "person", {"hr"}),
    "end waiver": (policy.end_waiver, "waiver", {"hr"}),
}


def cast_of(person: Person) -> dict[str, Account]:
    """Everybody around somebody who changed team and manager in June."""
    former, manager = people.person(), people.person()
    branch = people.team()
    team = people.team(parent=branch)
    old = people.team()
    people.employment(person, team=old, manager=former, ends_on=date(2026, 5, 31))
    people.employment(person, team=team, manager=manager, starts_on=date(2026, 6, 1))
    peer = people.employment(people.person(), team=team).person
    return {
        "holder": people.account(person=person),
        "manager": people.account(person=manager),
        "lead": people.account(leads=team),
        "above": people.account(leads=branch),
        "hr": people.account(roles=["hr"]),
        "former": people.account(person=former),
        "former lead": people.account(leads=old),
        "other lead": people.account(leads=people.team()),
        "peer": people.account(person=peer),
        "executive": people.account(roles=["executive"]),
        "admin": people.account(roles=["admin"]),
        "recruiter": people.account(roles=["recruiter", "interviewer"]),
    }


@pytest.mark.parametrize("name", ROWS)
def test_who_may(name: str) -> None:
    rule, on, expected = ROWS[name]
    person, series = people.person(), make.certification()
    everyone = cast_of(person)
    rows: dict[str, Any] = {
        "person": person,
        "pursuit": make.pursuit(person, series),
        "waiver": make.waiver(person, series, date(2026, 1, 1)),
        "award": make.award(person, series, date(2026, 1, 1), needs_check=True),
        "entered": make.award(
            person, make.certification(), date(2026, 1, 1), awarded_by_id=everyone["hr"].id
        ),
    }
    assert {who for who, viewer in everyone.items() if rule(viewer, rows[on])} == expected


def test_hr_is_nobody_special_about_themself() -> None:
    hr = people.account(roles=["hr"])
    person = people.employment(people.person()).person
    hr.person_id = person.id
    award = make.award(person, make.certification(), date(2026, 1, 1), needs_check=True)
    assert policy.see_award(hr, award)
    assert not policy.check_award(hr, award)
    assert not policy.revoke_award(hr, award)
    assert not policy.waive_certification(hr, person)


def test_of_somebody_who_has_not_begun_the_manager_to_come_answers() -> None:
    person, manager = people.person(), people.person()
    people.employment(person, manager=manager, starts_on=date(2027, 1, 4))
    assert policy.answer_for(people.account(person=manager), person)


def test_a_leaver_is_answered_for_by_hr_alone() -> None:
    person, manager = people.person(), people.person()
    people.employment(person, manager=manager, ends_on=date(2026, 10, 31))
    assert not policy.answer_for(people.account(person=manager), person)
    assert policy.answer_for(people.account(roles=["hr"]), person)
