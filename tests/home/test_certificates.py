"""What waits on the home page around certificates."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from portal.home.needs import needs_of
from tests.factories import certification as make
from tests.factories import people

pytestmark = pytest.mark.usefixtures("db_session", "clock")
TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def in_a_request(app: Flask, db_session: Any) -> Any:
    with app.test_request_context():
        yield


def rows(account: Any) -> list[tuple[str, date]]:
    return [(need.title, need.due) for need in needs_of(account)]


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def test_ones_own_certificate_shows_when_it_is_expiring_or_in_grace() -> None:
    person = people.person()
    me = people.account(person=person)
    for name, last in (("Far", 40), ("Soon", 12), ("Grace", -3), ("Gone", -20)):
        one = make.certification(name, expiring_days=30, grace_days=14)
        make.award(person, one, ago(300), TODAY + timedelta(days=last))
    assert rows(me) == [
        ("Grace", TODAY + timedelta(days=11)),
        ("Soon", TODAY + timedelta(days=12)),
    ]


def test_what_was_renewed_does_not_show() -> None:
    person, one = people.person(), make.certification("Soon", expiring_days=30)
    me = people.account(person=person)
    before = make.award(person, one, ago(300), TODAY + timedelta(days=5))
    make.award(person, one, ago(2), TODAY + timedelta(days=365), supersedes=before)
    assert rows(me) == []


def test_what_must_be_held_shows_a_week_ahead_unless_held_handed_in_or_waived() -> None:
    job = people.employment(starts_on=ago(20))
    person = job.person
    me = people.account(person=person)
    due = {}
    for name in ("Missing", "Held", "Handed in", "Waived"):
        due[name] = make.certification(name)
        make.mandate(due[name], role=job.role, within_days=22)
    make.mandate(make.certification("Later"), role=job.role, within_days=60)
    make.mandate(make.certification("Others"), role=people.role())
    make.award(person, due["Held"], ago(10))
    make.award(person, due["Handed in"], ago(10), needs_check=True)
    make.waiver(person, due["Waived"], ago(1))
    assert rows(me) == [("Missing", TODAY + timedelta(days=2))]


def test_a_certificate_to_check_shows_to_those_who_may_check_it() -> None:
    hire, lead = people.person("Ceren", "Arslan"), people.person()
    people.employment(hire, manager=lead)
    make.award(hire, make.certification("Licence"), ago(1), needs_check=True)
    said = [("Ceren Arslan: certificate to check", TODAY + timedelta(days=2))]
    assert rows(people.account(person=lead, roles=["manager"])) == said
    assert rows(people.account(roles=["hr"])) == said
    assert rows(people.account(roles=["manager"])) == []
    assert rows(people.account(person=hire, roles=["hr"])) == []
