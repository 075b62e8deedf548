"""A role may ask that no corrective action is open; past days count as they were."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from portal.careers import queries, wording
from portal.careers.operations import Asked
from portal.careers.readiness import Line, ProofKind, readiness
from portal.careers.states import LineState, RequirementKind
from portal.conduct.operations import close_action
from portal.conduct.states import ActionState, Outcome
from portal.core.db import db
from portal.core.errors import Refused
from portal.people.models import Person, Role
from tests.factories import careers as make
from tests.factories import conduct, people
from tests.page import PageClient

DAY = date(2026, 11, 24)


@pytest.fixture
def role(db_session: Any, clock: Any) -> Role:
    row = people.role("Team lead")
    make.requirements(row, Asked(RequirementKind.CONDUCT))
    return row


def line(person: Person, role: Role, day: date = DAY) -> Line:
    needs = queries.needs_of(role.id, day)
    return readiness(queries.facts_of([person.id], needs, day)[person.id], needs, day)[0]


def test_it_is_met_by_whoever_has_none(role: Role) -> None:
    found = line(people.person(), role)
    assert (found.state, found.proofs) == (LineState.MET, ())
    names = wording.names_for([found.need])
    assert wording.title(found.need, names) == "No open corrective action"
    assert wording.has(found, names) == "Nothing open"


def test_an_open_one_is_missing_and_shown(role: Role) -> None:
    action = conduct.action(since=date(2026, 11, 1))
    found = line(action.person, role)
    assert found.state is LineState.MISSING
    assert [(one.kind, one.record_id, one.day) for one in found.proofs] == [
        (ProofKind.CONDUCT, action.id, date(2026, 11, 1))
    ]
    assert line(action.person, role, date(2026, 10, 31)).is_met


@pytest.mark.parametrize(
    ("day", "met"),
    [(date(2025, 11, 9), True), (date(2025, 11, 10), False), (date(2026, 11, 10), False),
     (date(2026, 11, 11), True)],
)  # fmt: skip
def test_it_expires(role: Role, day: date, met: bool) -> None:
    action = conduct.action(since=date(2025, 11, 10))
    assert line(action.person, role, day).is_met is met


def test_once_ended_past_days_stay_as_they_were(role: Role, clock: Any) -> None:
    action = conduct.action(since=date(2026, 11, 1))
    close_action(action, Outcome.MET, note="", by=people.account(roles=["hr"]))
    clock(datetime(2027, 1, 5, tzinfo=UTC))
    days = [date(2026, 11, 23), DAY, date(2027, 1, 5)]
    assert [line(action.person, role, day).is_met for day in days] == [False, True, True]


def test_what_was_withdrawn_or_never_confirmed_does_not_matter(role: Role) -> None:
    action = conduct.action(since=date(2026, 11, 1))
    close_action(action, Outcome.WITHDRAWN, note="Wrong", by=people.account(roles=["hr"]))
    conduct.action(action.person, state=ActionState.PROPOSED)
    assert line(action.person, role).is_met


def test_it_is_asked_for_once(role: Role) -> None:
    asked = Asked(RequirementKind.CONDUCT)
    with pytest.raises(Refused, match="twice"):
        make.requirements(role, asked, asked)


def test_the_page_leads_to_the_open_one(client: PageClient, role: Role) -> None:
    action = conduct.action(people.employment().person)
    me = people.account(person=action.person)
    key = (me.id, role.id, action.id)
    db.session.commit()
    client = client.as_(key[0])
    page = client.get(f"/my/path?role={key[1]}").response.get_data(as_text=True)
    assert f'href="/conduct/{key[2]}"' in page


def test_the_editor_asks_for_it_and_stops_asking(client: PageClient, role: Role) -> None:
    hr, key = people.account(roles=["hr"]), role.id
    db.session.commit()
    client = client.as_(hr)
    page = client.get(f"/paths/roles/{key}/edit")
    assert "No open corrective action" in page.text
    fields = page.fields(f"/paths/roles/{key}/edit")
    assert fields.pop("conduct") in {"y", "1", "true", "on"}
    client.post(f"/paths/roles/{key}/edit", fields | {"step": "publish"})
    assert queries.needs_of(key, DAY) == []
