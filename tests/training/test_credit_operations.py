"""Hours from elsewhere: claimed, checked by a second person, and only then counted."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from portal.core import clock
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.inbox import Notice
from portal.people.models import Person
from portal.training import queries
from portal.training.operations import claim_credit, decide_credit
from portal.training.states import CreditState
from tests.factories import people, programmes
from tests.factories import training as make

pytestmark = pytest.mark.usefixtures("db_session")


def claim(account, **values):
    given = {
        "category": values.pop("category", None) or make.category("ethics"),
        "minutes": 90, "earned_on": clock.today(), "title": "Webinar", "provider": "School",
        "file": programmes.proof(),
    } | values  # fmt: skip
    return claim_credit(db.session.get_one(Person, account.person_id), **given, by=account)


def counted(account) -> list[tuple[str, int]]:
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    rows = db.session.execute(queries.credits_between(account.person_id, first, last))
    return [(key, minutes) for key, minutes in rows]


def kinds() -> list[str]:
    return list(db.session.scalars(sa.select(Notice.kind).order_by(Notice.id)))


def test_claimed_hours_count_once_somebody_else_has_checked_them() -> None:
    boss = people.account()
    account = people.account(person=people.employment(manager=person_of(boss)).person)
    credit = claim(account)
    assert counted(account) == []
    decide_credit(credit, counts=True, by=boss)
    assert counted(account) == [("ethics", 90)]
    assert credit.decided_by_id == boss.id
    assert kinds() == ["training.told_hours_claimed", "training.told_hours_counted"]


def person_of(account) -> Person:
    return db.session.get_one(Person, account.person_id)


def test_a_refusal_says_why_and_the_hours_can_be_claimed_again() -> None:
    account, boss = people.account(), people.account()
    credit = claim(account)
    with pytest.raises(Refused, match="Say why"):
        decide_credit(credit, counts=False, note=" ", by=boss)
    decide_credit(credit, counts=False, note="No proof of attendance.", by=boss)
    assert (credit.state, counted(account)) == (CreditState.REFUSED, [])
    with pytest.raises(Refused, match="checked already"):
        decide_credit(credit, counts=True, by=boss)
    claim(account, category=credit.category)


def test_nobody_checks_their_own_hours() -> None:
    account = people.account(roles=["hr"])
    with pytest.raises(Refused, match="own hours"):
        decide_credit(claim(account), counts=True, by=account)


def test_impossible_claims_are_refused() -> None:
    account = people.account()
    with pytest.raises(Refused, match="lies ahead"):
        claim(account, earned_on=clock.today() + timedelta(days=2))
    for minutes in (0, -5, 12_001):
        with pytest.raises(Refused, match="200 hours"):
            claim(account, minutes=minutes, category=make.category())
    category = make.category()
    claim(account, category=category)
    with pytest.raises(Refused, match="already"):
        claim(account, category=category)
