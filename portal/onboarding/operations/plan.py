"""Start the plan of a hire from the template and from what the interview showed; name a buddy."""

from __future__ import annotations

from datetime import date, timedelta

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit, clock
from portal.core.db import Json, db
from portal.core.errors import Refused
from portal.offers.models import Offer
from portal.onboarding import notices, queries
from portal.onboarding.calendar import due_day
from portal.onboarding.models import (
    OnboardingCheckIn,
    OnboardingPlan,
    OnboardingTask,
    OnboardingTemplate,
)
from portal.onboarding.operations.gaps import tasks_for_gaps
from portal.onboarding.operations.task import finish_task
from portal.onboarding.states import OnboardingFact, TaskOwner
from portal.people.models import Employment, Person

CHOOSE_BUDDY = "buddy"
"""The key of the manager's task that naming a buddy answers."""

DAY = timedelta(days=1)


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
    plan = _plan(employment, template)
    plan.tasks = [new_task(plan, entry) for entry in (template.tasks if template else [])]
    plan.tasks += tasks_for_gaps(employment, by=by)
    if not plan.tasks:
        return None
    today = clock.today(employment.site.time_zone)
    for task in plan.tasks:
        # Nothing is late the moment it is asked for, however short the notice.
        task.due_on = max(task.due_on, today)
    db.session.add(plan)
    audit.record(OnboardingFact.PLAN_STARTED, plan, by=by)
    notices.plan_started(plan)
    return plan


def _plan(employment: Employment, template: OnboardingTemplate | None) -> OnboardingPlan:
    starts_on = employment.starts_on
    months = _probation_months(employment, template)
    return OnboardingPlan(
        person_id=employment.person_id,
        employment_id=employment.id,
        employment=employment,
        manager_id=employment.manager_id,
        manager=employment.manager,
        template=template,
        starts_on=starts_on,
        finish_by=finish_by(starts_on, template),
        probation_ends_on=months_after(starts_on, months) - DAY if months else None,
        created_at=clock.now(),
    )


def finish_by(starts_on: date, template: OnboardingTemplate | None) -> date | None:
    """The last day to finish a plan of this template."""
    if template is None or template.finish_within_days is None:
        return None
    return starts_on + template.finish_within_days * DAY


def _probation_months(employment: Employment, template: OnboardingTemplate | None) -> int:
    """What the accepted offer says goes before what the template says."""
    if employment.source_type == Offer.__tablename__ and employment.source_id is not None:
        offer = db.session.get(Offer, employment.source_id)
        if offer is not None:
            return offer.probation_months or 0
    return template.probation_months if template else 0


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of a month that is too short for it."""
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    last = (first.replace(day=28) + 4 * DAY).replace(day=1) - DAY
    return first.replace(day=min(day.day, last.day))


def new_task(plan: OnboardingPlan, entry: Json) -> OnboardingTask:
    """A task of the template for this plan; a milestone comes with its check-in."""
    owner = TaskOwner(entry["owner"])
    milestone = entry.get("milestone")
    return OnboardingTask(
        key=entry["key"],
        title=entry["title"],
        help=entry["help"],
        owner_kind=owner,
        owner_id=owner_of(plan, owner),
        due_on=due_day(entry, plan.starts_on, plan.employment.site),
        needs_evidence=entry["needs_evidence"] and milestone is None,
        blocking=entry["blocking"],
        milestone=milestone,
        check_in=OnboardingCheckIn() if milestone is not None else None,
    )


def owner_of(plan: OnboardingPlan, owner: TaskOwner) -> int | None:
    """The person who owns a task; the manager stands in until a buddy is named."""
    if owner is TaskOwner.HIRE:
        return plan.person_id
    if owner is TaskOwner.BUDDY and plan.buddy is not None:
        return plan.buddy.id
    if owner in {TaskOwner.MANAGER, TaskOwner.BUDDY}:
        return plan.manager_id
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
