"""Start the plan of a hire from the template and from what the interview showed; name a buddy."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit, clock
from portal.core.db import db
from portal.core.errors import Refused
from portal.onboarding import notices, queries
from portal.onboarding.calendar import shifted
from portal.onboarding.models import OnboardingPlan, OnboardingTask
from portal.onboarding.operations.gaps import tasks_for_gaps
from portal.onboarding.operations.task import finish_task
from portal.onboarding.states import OnboardingFact, TaskOwner
from portal.people.models import Employment, Person

CHOOSE_BUDDY = "buddy"
"""The key of the manager's task that naming a buddy answers."""


def start_plan(employment: Employment, *, by: Account | None) -> OnboardingPlan | None:
    """Make the checklist of an employment; a second call returns the one that is there.

    Without a template for the role and without a gap there is nothing to do, and no plan.
    """
    present = db.session.scalar(
        sa.select(OnboardingPlan).where(OnboardingPlan.employment_id == employment.id)
    )
    if present is not None:
        return present
    template = db.session.scalar(queries.template_for(employment.role_id, employment.site_id))
    tasks = [_from_template(employment, task) for task in (template.tasks if template else [])]
    tasks += tasks_for_gaps(employment)
    if not tasks:
        return None
    today = clock.today(employment.site.time_zone)
    for task in tasks:
        # Nothing is late the moment it is asked for, however short the notice.
        task.due_on = max(task.due_on, today)
    plan = OnboardingPlan(
        person_id=employment.person_id,
        employment=employment,
        template_id=template.id if template else None,
        starts_on=employment.starts_on,
        created_at=clock.now(),
        tasks=tasks,
    )
    db.session.add(plan)
    audit.record(OnboardingFact.PLAN_STARTED, plan, by=by)
    notices.plan_started(plan)
    return plan


def _from_template(employment: Employment, task: dict[str, Any]) -> OnboardingTask:
    owner = TaskOwner(task["owner"])
    return OnboardingTask(
        key=task["key"],
        title=task["title"],
        help=task["help"],
        owner_kind=owner,
        owner_id=_owner_of(employment, owner),
        due_on=_day(employment, task["offset_days"]),
        needs_evidence=task["needs_evidence"],
        blocking=task["blocking"],
        milestone=task.get("milestone"),
    )


def _day(employment: Employment, working_days: int) -> date:
    return shifted(employment.starts_on, working_days, employment.site.country)


def _owner_of(employment: Employment, owner: TaskOwner) -> int | None:
    """The person who owns a task; the manager stands in until a buddy is named."""
    if owner is TaskOwner.HIRE:
        return employment.person_id
    if owner in {TaskOwner.MANAGER, TaskOwner.BUDDY}:
        return employment.manager_id
    return None


def name_buddy(plan: OnboardingPlan, buddy: Person, *, by: Account) -> None:
    """Hand the open tasks of the buddy to a colleague of the team, who is told.

    The manager's task of choosing a buddy is done with it.

    Raises:
        Refused: if the person is not a colleague of the team, is the buddy already, or nothing is
            left for a buddy to do.
    """
    colleagues = db.session.scalars(queries.possible_buddies(plan, clock.today())).all()
    if buddy not in colleagues:
        raise Refused(_("Choose a colleague of the team."), field="buddy")
    theirs = [task for task in plan.tasks if _is_open(task, TaskOwner.BUDDY)]
    if not theirs:
        raise Refused(_("Nothing is left for a buddy to do."), field="buddy")
    if all(task.owner_id == buddy.id for task in theirs):
        raise Refused(_("%(who)s is the buddy already.", who=buddy.display_name), field="buddy")
    for task in theirs:
        task.owner = buddy
    audit.record(OnboardingFact.BUDDY_NAMED, plan, by=by, buddy=buddy.id)
    for task in plan.tasks:
        if task.key == CHOOSE_BUDDY and _is_open(task, TaskOwner.MANAGER):
            finish_task(task, evidence=buddy.display_name, by=by)
    notices.buddy_named(plan, buddy)


def _is_open(task: OnboardingTask, owner: TaskOwner) -> bool:
    return task.owner_kind is owner and task.done_at is None
