"""Rows of onboarding with sensible defaults; flushed, never committed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from portal.accounts.models import Account
from portal.core import clock
from portal.onboarding.calendar import working_day_from
from portal.onboarding.models import (
    OnboardingCheckIn,
    OnboardingPlan,
    OnboardingTask,
    OnboardingTemplate,
    ProbationDecision,
)
from portal.onboarding.states import ProbationOutcome, TaskOwner, TemplateState
from portal.people.models import Employment
from tests.factories import people
from tests.factories.people import added, in_words

_number = count(1)
FIRST_DAY = date(2026, 12, 1)
STOPPED = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def entry(
    key: str = "welcome", owner: str = "hire", offset_days: int = 0, **values: Any
) -> dict[str, Any]:
    """One task of a template, as the starter pack writes it."""
    return {
        "key": key, "title": in_words(key.capitalize()), "help": in_words(f"How to {key}."),
        "owner": owner, "offset_days": offset_days, "needs_evidence": False, "blocking": False,
    } | values  # fmt: skip


def template(role: Any, *entries: dict[str, Any], **values: Any) -> OnboardingTemplate:
    n = next(_number)
    defaults: dict[str, Any] = {
        "key": f"template-{n}",
        "role": role,
        "name": in_words(f"Template {n}"),
        "tasks": list(entries) or [entry()],
        "published_at": None if values.get("state") is TemplateState.DRAFT else clock.now(),
    }
    return added(OnboardingTemplate(**(defaults | values)))


def hire(**values: Any) -> Employment:
    """Somebody who begins on 1 December 2026, with a manager."""
    manager = values.pop("manager", None) or people.person("Mete", "Manager")
    person = values.pop("person", None) or people.person("Ceren", "Arslan")
    defaults: dict[str, Any] = {"person": person, "manager": manager, "starts_on": FIRST_DAY}
    return people.employment(**(defaults | values))


def plan(employment: Employment | None = None, **values: Any) -> OnboardingPlan:
    """A plan without tasks."""
    job = employment or hire()
    defaults: dict[str, Any] = {
        "person_id": job.person_id,
        "employment": job,
        "manager": job.manager,
        "starts_on": job.starts_on,
        "created_at": clock.now(),
    }
    return added(OnboardingPlan(**(defaults | values)))


def task(plan: OnboardingPlan, owner: TaskOwner = TaskOwner.HIRE, **values: Any) -> OnboardingTask:
    """A task of the hire for the first day; the manager's and the buddy's belong to the manager."""
    n = next(_number)
    job = plan.employment
    whose = {
        TaskOwner.HIRE: job.person_id,
        TaskOwner.MANAGER: plan.manager_id,
        TaskOwner.BUDDY: plan.manager_id,
    }
    defaults: dict[str, Any] = {
        "plan": plan,
        "key": f"task-{n}",
        "title": in_words(f"Task {n}"),
        "help": in_words("Take your time."),
        "owner_kind": owner,
        "owner_id": whose.get(owner),
        "due_on": plan.starts_on,
    }
    return added(OnboardingTask(**(defaults | values)))


def draft(role: Any, *entries: dict[str, Any], **values: Any) -> OnboardingTemplate:
    """A version that is being written."""
    return template(role, *entries, state=TemplateState.DRAFT, **values)


def check_in(plan: OnboardingPlan, milestone: int = 30, **values: Any) -> OnboardingCheckIn:
    """A check-in of the manager, due a working day after the milestone at the latest."""
    job = plan.employment
    day = plan.starts_on + timedelta(days=milestone)
    due_on = values.pop("due_on", None) or working_day_from(day, job.site.country)
    row = task(plan, TaskOwner.MANAGER, milestone=milestone, due_on=due_on)
    return added(OnboardingCheckIn(task=row, **values))


def decision(plan: OnboardingPlan, by: Account, **values: Any) -> ProbationDecision:
    """A proposal that the probation was passed."""
    defaults: dict[str, Any] = {
        "plan": plan,
        "outcome": ProbationOutcome.PASS,
        "reason": "Calm on the telephone, exact in writing.",
        "proposed_by_id": by.id,
        "proposed_at": clock.now(),
    }
    return added(ProbationDecision(**(defaults | values)))


def account_of(person: Any, **values: Any) -> Account:
    return people.account(person=person, **values)
