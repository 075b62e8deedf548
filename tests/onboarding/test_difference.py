"""What a newer version changes in a running plan: offered, applied, and what it never touches."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from portal.core.db import db
from portal.core.errors import Refused
from portal.onboarding import operations, queries
from portal.onboarding.models import OnboardingPlan, OnboardingTemplate
from portal.onboarding.states import Change, TaskOwner, TemplateState
from tests.factories import competencies, people
from tests.factories import onboarding as make

pytestmark = pytest.mark.usefixtures("db_session", "clock")
DONE = datetime(2026, 11, 24, tzinfo=UTC)
OLD = [
    make.entry("papers", "hr", -3), make.entry("badge", "it", -1), make.entry("lunch", "buddy", 0),
    make.entry("old", "hire", 2), make.entry("day-30", "manager", 21, milestone=30),
]  # fmt: skip
NEW = [
    make.entry("papers", "hr", -1), make.entry("badge", "hr", -1, blocking=True),
    make.entry("lunch", "buddy", 0) | {"title": people.in_words("Long lunch")},
    make.entry("tour", "buddy", 1),
]  # fmt: skip


@pytest.fixture
def versions() -> tuple[OnboardingPlan, OnboardingTemplate]:
    """A plan of version 1, and version 2."""
    role = people.role()
    first = make.template(role, *OLD, key="plan", finish_within_days=90)
    plan = operations.start_plan(make.hire(role=role), by=None)
    assert plan is not None
    first.state = TemplateState.REPLACED
    second = make.template(role, *NEW, key="plan", number=2, finish_within_days=60)
    return plan, second


def tasks(plan: OnboardingPlan) -> dict[str, Any]:
    return {task.key: task for task in plan.tasks}


def test_the_difference_names_what_is_new_changed_and_gone(versions: Any) -> None:
    plan, second = versions
    found = operations.difference(plan, second)
    assert [entry["key"] for entry in found.added] == ["tour"]
    assert {one.task.key: one.what for one in found.changed} == {
        "papers": (Change.DAY,),
        "badge": (Change.OWNER, Change.BLOCKING),
        "lunch": (Change.TEXT,),
    }
    assert {task.key for task in found.removed} == {"old", "day-30"}
    assert found.finish_by == date(2027, 1, 30)
    assert list(db.session.scalars(queries.plans_behind(second))) == [plan]


def test_publishing_alone_leaves_a_plan_alone(versions: Any) -> None:
    plan, _second = versions
    assert set(tasks(plan)) == {"papers", "badge", "lunch", "old", "day-30"}
    assert plan.template.number == 1


def test_bringing_it_over_changes_the_plan(versions: Any) -> None:
    plan, second = versions
    hr = people.account(roles=["hr"])
    operations.update_plan(plan, second, by=hr)
    db.session.flush()
    db.session.expire(plan)
    found = tasks(plan)
    assert set(found) == {"papers", "badge", "lunch", "tour"}
    assert found["papers"].due_on == date(2026, 11, 30)
    assert (found["badge"].owner_kind, found["badge"].owner_id) == (TaskOwner.HR, None)
    assert found["badge"].blocking
    assert found["lunch"].title["en"] == "Long lunch"
    assert found["tour"].owner_id == plan.manager_id
    assert (plan.template, plan.finish_by) == (second, date(2027, 1, 30))
    assert not operations.difference(plan, second)
    assert list(db.session.scalars(queries.plans_behind(second))) == []
    with pytest.raises(Refused, match="up to date already"):
        operations.update_plan(plan, second, by=hr)


def test_what_is_done_handed_over_or_asked_for_besides_is_not_touched(versions: Any) -> None:
    plan, second = versions
    colleague = people.person()
    found = tasks(plan)
    found["papers"].done_at = found["old"].done_at = DONE
    found["lunch"].owner = colleague
    found["day-30"].check_in.hire_words = "It goes well."
    make.task(plan, key="gap-empathy", competency_id=competencies.competency("empathy").id)
    before = found["papers"].due_on
    db.session.expire(plan, ["tasks"])
    operations.update_plan(plan, second, by=people.account(roles=["hr"]))
    found = tasks(plan)
    assert set(found) == {"papers", "old", "badge", "lunch", "tour", "day-30", "gap-empathy"}
    assert found["papers"].due_on == before
    assert found["lunch"].owner is colleague, "only the text of lunch has changed"


def test_nothing_new_is_late_at_once(versions: Any, clock: Any) -> None:
    plan, second = versions
    clock(datetime(2026, 12, 10, 9, tzinfo=UTC))
    operations.update_plan(plan, second, by=people.account(roles=["hr"]))
    assert tasks(plan)["tour"].due_on == date(2026, 12, 10)
    assert tasks(plan)["papers"].due_on == date(2026, 12, 10)


def test_a_plan_of_another_template_is_refused(versions: Any) -> None:
    plan, _second = versions
    hr = people.account(roles=["hr"])
    other = make.template(people.role(), make.entry(), number=9)
    for one in (plan, make.plan()):
        with pytest.raises(Refused, match="another template"):
            operations.update_plan(one, other, by=hr)


def test_finished_and_stopped_plans_are_not_offered(versions: Any) -> None:
    plan, second = versions
    plan.stopped_at = DONE
    assert list(db.session.scalars(queries.plans_behind(second))) == []
    plan.stopped_at = None
    for task in plan.tasks:
        task.done_at = DONE
    db.session.flush()
    assert list(db.session.scalars(queries.plans_behind(second))) == []
