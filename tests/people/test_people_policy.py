"""Who may what: role × standing of the person."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from portal.people import policy
from tests.factories import people as make

SEE_PERSON = {
    # who: (a working person of the team, one who left, a candidate)
    "self": (True, True, True),
    "lead": (True, False, False),
    "lead above": (True, False, False),
    "lead beside": (False, False, False),
    "hr": (True, True, True),
    "executive": (True, True, False),
    "admin": (False, False, False),
    "manager": (False, False, False),
    "interviewer": (False, False, False),
    "colleague": (False, False, False),
}


@pytest.fixture
def people(db_session: Any, clock: Any) -> Any:
    top = make.team()
    team, beside = make.team(parent=top), make.team(parent=top)
    working = make.employment(team=team).person
    left = make.employment(team=team, ends_on=date(2026, 10, 31)).person
    return {"persons": (working, left, make.person()), "team": team, "top": top, "beside": beside}


def viewer(who: Any, people: Any, person: Any) -> Any:
    leads = {"lead": "team", "lead above": "top", "lead beside": "beside"}
    if who == "self":
        return make.account(person=person)
    if who in leads:
        return make.account(leads=people[leads[who]])
    if who == "colleague":
        return make.account(person=make.employment(team=people["team"]).person)
    return make.account(roles=[who])


@pytest.mark.parametrize(("who", "expected"), SEE_PERSON.items())
def test_who_sees_a_person(people: Any, who: Any, expected: Any) -> None:
    seen = tuple(
        policy.see_person(viewer(who, people, person), person) for person in people["persons"]
    )
    assert seen == expected


def test_a_lead_sees_nobody_through_a_team_they_lead_no_longer(
    people: Any, db_session: Any
) -> None:
    person = people["persons"][0]
    account = viewer("lead", people, person)
    account.led_paths = []
    assert not policy.see_person(account, person)


RULES = {
    "see_people": {"hr", "executive", "lead"},
    "add_person": {"hr"},
    "set_up": {"hr", "admin"},
    "change_organisation": {"hr", "admin"},
    "see_trail": {"hr", "admin"},
}
ROWS = {
    "change_person": {"hr"},
    "start_employment": {"hr"},
    "end_employment": {"hr"},
    "change_site": {"hr", "admin"},
    "change_team": {"hr", "admin"},
    "move_team": {"hr", "admin"},
    "set_team_lead": {"hr", "admin"},
    "see_role": {"hr", "admin"},
    "change_role": {"hr"},
    "set_pay_band": {"hr"},
}
EVERYONE = ("hr", "admin", "executive", "manager", "interviewer", "lead", "colleague")


@pytest.mark.parametrize("rule", RULES | ROWS)
def test_who_may_change_what(people: Any, rule: Any) -> None:
    row = [people["persons"][0]] if rule in ROWS else []
    allowed = {
        who
        for who in EVERYONE
        if getattr(policy, rule)(viewer(who, people, people["persons"][0]), *row)
    }
    assert allowed == (RULES | ROWS)[rule]


def test_who_corrects_a_pay_band(people: Any) -> None:
    band = make.pay_band(make.role())
    allowed = {
        who
        for who in EVERYONE
        if policy.change_pay_band(viewer(who, people, people["persons"][0]), band)
    }
    assert allowed == {"hr"}
