"""Who sees a corrective action, where it shows, and what the page lets them do."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from portal.accounts.models import Account
from portal.conduct import operations, policy
from portal.conduct.models import CorrectiveAction
from portal.conduct.states import ActionState, Outcome
from portal.core.db import db
from portal.people.models import Person
from tests.factories import conduct as make
from tests.factories import people
from tests.page import PageClient


@pytest.fixture
def who(db_session: Any, clock: Any) -> dict[str, Account]:
    """A person with everybody around them, present and former."""
    lead, chief, before = (people.person(name) for name in ("Lale", "Mete", "Ersin"))
    branch = people.team(lead=chief)
    team = people.team(parent=branch, lead=lead)
    person = people.person("Deniz")
    people.employment(person, team=people.team(lead=before), manager=before,
                      starts_on=date(2024, 1, 1), ends_on=date(2025, 12, 31))  # fmt: skip
    people.employment(person, team=team, manager=lead)
    peer = people.employment(team=team).person
    return {
        "self": people.account(person=person),
        "lead": people.account(person=lead, leads=team),
        "chief": people.account(person=chief, leads=branch),
        "peer": people.account(person=peer),
        "former": people.account(person=before, leads=None, roles=["manager"]),
        "hr": people.account(roles=["hr"]),
        "executive": people.account(roles=["executive"]),
        "stranger": people.account(roles=["manager", "interviewer"]),
    }


def action(who: dict[str, Account], **values: Any) -> CorrectiveAction:
    person = db.session.get_one(Person, who["self"].person_id)
    return make.action(person, by=who["lead"], **values)


SEEN = {
    "open": {"self", "lead", "chief", "hr"},
    "proposed": {"lead", "chief", "hr"},
    "proposed by hr": {"lead", "chief", "hr", "executive"},
}


@pytest.mark.parametrize("state", SEEN)
def test_who_sees_it(who: dict[str, Account], state: str) -> None:
    row = action(who, state=ActionState(state.split(maxsplit=1)[0]), by_hr=state.endswith("hr"))
    assert {name for name, one in who.items() if policy.see_action(one, row)} == SEEN[state]


def test_whoever_moves_away_is_seen_by_the_new_line_only(who: dict[str, Account]) -> None:
    row = action(who)
    row.person.employments[0].ends_on = date(2026, 11, 20)
    fresh = people.person("Nil")
    people.employment(row.person, team=people.team(lead=fresh), manager=fresh,
                      starts_on=date(2026, 11, 21))  # fmt: skip
    db.session.expire(row.person)
    account = people.account(person=fresh)
    assert policy.see_action(account, row)
    assert not policy.see_action(who["lead"], row)
    assert not policy.see_action(who["chief"], row)


def test_lists_and_person_pages_tell_nobody_else(
    client: PageClient, who: dict[str, Account]
) -> None:
    row = action(who)
    name, key = row.person.display_name, row.person_id
    ids = {label: one.id for label, one in who.items()}
    db.session.commit()
    for label in ("lead", "chief", "hr"):
        assert name in client.as_(ids[label]).get("/conduct").text
        assert "Written warning" in client.as_(ids[label]).get(f"/people/{key}").text
    for label in ("former", "stranger"):
        assert name not in client.as_(ids[label]).get("/conduct").text
    assert "Written warning" not in client.as_(ids["executive"]).get(f"/people/{key}").text
    assert "Written warning" in client.as_(ids["self"]).get(f"/people/{key}").text


def test_home_asks_the_right_people(client: PageClient, who: dict[str, Account]) -> None:
    action(who, state=ActionState.PROPOSED)
    action(who, follow_up_on=date(2026, 11, 25), due_on=date(2026, 11, 26))
    ids = {label: one.id for label, one in who.items()}
    db.session.commit()
    assert "corrective action to confirm" in client.as_(ids["hr"]).get("/").text
    assert "Say that you have read it" in client.as_(ids["self"]).get("/").text
    text = client.as_(ids["lead"]).get("/").text
    assert "talk about the corrective action" in text
    assert "was it met?" in text
    for label in ("former", "peer", "executive"):
        assert "orrective action" not in client.as_(ids[label]).get("/").text


def test_the_list_costs_as_many_statements_for_three_as_for_one(
    client: PageClient, count_queries: Any, who: dict[str, Account]
) -> None:
    action(who)
    hr = who["hr"].id
    db.session.commit()
    client = client.as_(hr)
    client.get("/conduct")
    costs = []
    for _turn in range(2):
        count_queries()
        client.get("/conduct")
        costs.append(count_queries())
        for _more in range(2):
            make.action(people.employment().person)
        db.session.commit()
    assert costs == [5, 5]


@pytest.mark.parametrize("number", [1, 3])
def test_an_action_costs_the_same_however_many_talks_it_had(
    client: PageClient, count_queries: Any, who: dict[str, Account], number: int
) -> None:
    row = action(who)
    for _talk in range(number):
        operations.note_talk(
            row, held_on=date(2026, 11, 20), note="On time", next_on=None, by=who["lead"]
        )
    db.session.commit()
    client = client.as_(who["hr"].id)
    client.get(f"/conduct/{row.id}")
    count_queries()
    assert client.get(f"/conduct/{row.id}").text.count("On time") == number
    assert count_queries() == 8


def test_the_list_is_narrowed_and_exported_without_what_was_written(
    client: PageClient, who: dict[str, Account]
) -> None:
    action(who)
    closed = action(who, state=ActionState.CLOSED, outcome=Outcome.MET, closed_on=date(2026, 11, 5))
    closed.facts = "Secret"
    hr = who["hr"].id
    db.session.commit()
    client = client.as_(hr)
    assert "1 corrective action" in client.get("/conduct?state=closed").text
    with client.http.get("/conduct/export/csv") as answer:
        sheet = answer.get_data(as_text=True)
    assert sheet.count("Written warning") == 2
    assert "Secret" not in sheet


def test_a_proposal_goes_its_way_through_the_pages(
    client: PageClient, who: dict[str, Account]
) -> None:
    key = who["self"].person_id
    ids = {label: one.id for label, one in who.items()}
    db.session.commit()
    lead = client.as_(ids["lead"])
    page = lead.get(f"/conduct/people/{key}/propose")
    wrong = lead.submit(page, kind="written", facts="Late", expected="On time",
                        due_on="2020-01-01", months="12")  # fmt: skip
    assert "still to come" in wrong.text
    assert "On time" in wrong.response.get_data(as_text=True)
    lead.submit(wrong, due_on="2027-02-01")
    row = db.session.query(CorrectiveAction).one()
    here = f"/conduct/{row.id}"
    assert client.as_(ids["self"]).get(here).response.status_code == 403
    client.as_(ids["hr"]).post(f"{here}/confirm")
    me = client.as_(ids["self"])
    me.submit(me.get(here), action=f"{here}/acknowledge", statement="The bus was late.")
    lead.submit(lead.get(here), action=f"{here}/talks", said="On time since.", next_on="")
    assert "The bus was late." in lead.get(here).text
    lead.submit(lead.get(here), action=f"{here}/close", outcome="met")
    assert "no longer counts" in me.get(here).text


def test_a_statement_written_meanwhile_is_not_lost(
    client: PageClient, who: dict[str, Account]
) -> None:
    row = action(who)
    here, me = f"/conduct/{row.id}", who["self"].id
    db.session.commit()
    client = client.as_(me)
    page = client.get(here)
    client.submit(page, action=f"{here}/acknowledge", statement="First")
    stale = client.submit(page, action=f"{here}/acknowledge", statement="Second")
    assert stale.response.status_code == 422
    assert "Second" in stale.response.get_data(as_text=True)
    assert db.session.get_one(CorrectiveAction, row.id).statement == "First"
