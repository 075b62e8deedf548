"""What the home page asks for around growth, and of whom."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from portal.core.db import db
from portal.development import operations as development
from portal.development.states import Side
from portal.home.needs import needs_of
from tests.factories import development as make
from tests.factories import people


@pytest.fixture
def pair(db_session: Any, clock: Any) -> make.Pair:
    return make.Pair()


@pytest.fixture(autouse=True)
def in_a_request(app: Any, db_session: Any) -> Any:
    with app.test_request_context():
        yield


def titles(account: Any) -> list[str]:
    db.session.flush()
    return [one.title for one in needs_of(account)]


def test_both_sides_are_asked_until_they_are_in(pair: make.Pair) -> None:
    row = make.assessment(pair.person, pair.manager)
    above = people.account(leads=pair.team)
    assert titles(pair.account) == ["Your self-assessment"]
    assert titles(pair.manager) == ["Deniz Kaya: your side of the assessment"]
    assert titles(above) == []
    make.filled(row.sheet(Side.SELF), pair.account)
    make.filled(row.sheet(Side.MANAGER), pair.manager)
    assert titles(pair.account) == []
    assert titles(pair.manager) == ["Deniz Kaya: talk about the assessment"]


def test_the_lead_is_asked_where_nobody_is_named_as_manager(pair: make.Pair) -> None:
    lead = people.account(leads=pair.team)
    pair.job.manager = None
    db.session.flush()
    make.assessment(pair.person, pair.account)
    assert titles(lead) == ["Deniz Kaya: your side of the assessment"]
    assert titles(pair.manager) == []


def test_feedback_is_asked_for_then_waits_for_the_manager(pair: make.Pair) -> None:
    giver = make.giver()
    reply = make.request(pair.person, pair.account, giver).replies[0]
    assert titles(giver) == ["Deniz Kaya: your feedback"]
    make.answered(reply, giver)
    assert titles(giver) == []
    assert titles(pair.manager) == ["Deniz Kaya: feedback to confirm"]
    development.confirm_feedback(reply, by=pair.manager)
    assert titles(pair.manager) == []


def test_actions_stand_there_from_a_week_before(pair: make.Pair) -> None:
    make.plan(pair.person, pair.account)
    near = make.action(pair.person, pair.account, "Soon", days=6)
    make.action(pair.person, pair.account, "Later", days=60)
    late = make.action(pair.person, pair.account, "Late")
    late.due_on = date(2026, 11, 1)
    assert titles(pair.account) == ["Late", "Soon"]
    development.finish_action(near, by=pair.account)
    development.drop_action(late, by=pair.account)
    assert titles(pair.account) == []


def test_the_other_side_is_asked_for_its_name(pair: make.Pair) -> None:
    plan = make.plan(pair.person, pair.account)
    make.action(pair.person, pair.account)
    development.sign_plan(plan, by=pair.account)
    assert titles(pair.manager) == ["Deniz Kaya: career plan to sign"]
    development.sign_plan(plan, by=pair.manager)
    assert titles(pair.manager) == []


def test_both_are_asked_to_review_a_plan(pair: make.Pair) -> None:
    plan = make.plan(pair.person, pair.account)
    plan.review_on = date(2026, 11, 25)
    assert titles(pair.account) == ["Review your career plan"]
    assert titles(pair.manager) == ["Deniz Kaya: review the career plan"]
    development.close_plan(plan, by=pair.account)
    assert titles(pair.account) == []
