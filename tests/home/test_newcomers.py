"""What waits on the home page around people who have just begun."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask

from portal.home.needs import needs_of
from portal.onboarding.states import TaskOwner
from tests.factories import onboarding as make
from tests.factories import people

pytestmark = pytest.mark.usefixtures("db_session", "clock")


@pytest.fixture(autouse=True)
def in_a_request(app: Flask, db_session: Any) -> Any:
    with app.test_request_context():
        yield


def titles(account: Any) -> list[str]:
    return [need.title for need in needs_of(account)]


def test_a_start_that_is_held_up_is_told_to_manager_and_hr() -> None:
    plan = make.plan(make.hire(starts_on=date(2026, 11, 26)))
    make.task(plan, TaskOwner.IT, blocking=True, due_on=date(2026, 11, 20))
    make.task(plan, TaskOwner.IT, blocking=True, due_on=date(2026, 12, 20))
    far = make.plan(make.hire(person=people.person("Far"), starts_on=date(2026, 12, 10)))
    make.task(far, TaskOwner.IT, blocking=True, due_on=date(2026, 11, 20))
    said = "Ceren Arslan can’t begin work yet"
    hr = people.account(roles=["hr"])
    manager = people.account(person=plan.manager)
    assert titles(hr) == titles(manager) == [said]
    assert [need.why for need in needs_of(hr)] == ["One blocking task is open."]
    assert said not in titles(people.account(person=plan.person))
    plan.tasks[0].done_at = datetime(2026, 11, 24, tzinfo=UTC)
    assert titles(hr) == []


def test_a_probation_that_ends_is_for_the_manager_to_propose_and_for_hr_to_confirm() -> None:
    job = make.hire(starts_on=date(2026, 9, 7))
    plan = make.plan(job, probation_ends_on=date(2026, 12, 4))
    make.plan(make.hire(person=people.person()), probation_ends_on=date(2027, 2, 28))
    manager, hr = people.account(person=plan.manager), people.account(roles=["hr"])
    assert titles(manager) == ["Ceren Arslan: the probation ends"]
    assert titles(hr) == []
    make.decision(plan, manager)
    assert titles(manager) == []
    assert titles(hr) == ["Ceren Arslan: decision on the probation"]
    assert titles(people.account(person=plan.person, roles=["hr"])) == []
