"""Tasks that go to another person: by hand, with a new manager, or because their owner left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit, clock
from portal.core.db import db
from portal.core.errors import Refused
from portal.onboarding import notices, policy, queries
from portal.onboarding.models import OnboardingPlan, OnboardingTask
from portal.onboarding.states import HandOverReach, OnboardingFact, TaskOwner
from portal.people import queries as people
from portal.people.models import Employment, Person, Team


def hand_over(
    task: OnboardingTask, to: Person, *, reach: HandOverReach = HandOverReach.TASK, by: Account
) -> int:
    """Give a task, or all of its owner's, to another person; both are told.

    Returns how many went over.

    Raises:
        Refused: if the task is done, the person owns it already, no longer works here, or would
            sign off the check-in about themself.

    """
    if task.done_at is not None:
        raise Refused(_("This task is done already."))
    if task.owner_id == to.id:
        raise Refused(_("%(who)s has this task already.", who=to.display_name), field="to")
    if not _works_here(to):
        raise Refused(_("Choose somebody who works here."), field="to")
    tasks = [one for one in _reached(task, reach, by) if one.owner_id != to.id]
    if any(one.milestone is not None and one.plan.person_id == to.id for one in tasks):
        raise Refused(_("Nobody holds the check-in about themself."), field="to")
    _give(tasks, to, by=by)
    return len(tasks)


def _reached(task: OnboardingTask, reach: HandOverReach, by: Account) -> list[OnboardingTask]:
    if reach is HandOverReach.TASK:
        return [task]
    theirs = sa.select(OnboardingTask).where(
        OnboardingTask.done_at.is_(None),
        OnboardingTask.owner_kind == task.owner_kind,
        OnboardingTask.owner_id == task.owner_id,
    )
    if reach is HandOverReach.PLAN:
        return list(db.session.scalars(theirs.where(OnboardingTask.plan_id == task.plan_id)))
    running = queries.running_plans().with_only_columns(OnboardingPlan.id)
    found = db.session.scalars(theirs.where(OnboardingTask.plan_id.in_(running)))
    return [one for one in found if policy.answer_for(by, one.plan)]


def _give(tasks: Iterable[OnboardingTask], to: Person | None, *, by: Account | None) -> None:
    """Change the owner, record each, and tell old and new owner once for each plan."""
    moved: dict[tuple[OnboardingPlan, int | None], int] = {}
    for task in tasks:
        before = task.owner_id
        task.owner, task.owner_id = to, to.id if to else None
        audit.record(OnboardingFact.TASK_HANDED_OVER, task, by=by, about=task.plan.person_id)
        moved[task.plan, before] = moved.get((task.plan, before), 0) + 1
    told: set[tuple[int, int]] = set()
    for plan, before in moved:
        if before is not None:
            notices.tasks_gone(plan, before, to)
        if to is not None and (plan.id, to.id) not in told:
            told.add((plan.id, to.id))
            notices.tasks_given(plan, to)


def change_manager(plan: OnboardingPlan, manager: Person | None, *, by: Account | None) -> None:
    """Give a plan another manager, with the open tasks of the old one as manager and stand-in.

    Nobody manages their own onboarding: then HR sees to it. Without a change nothing happens.
    """
    if manager is not None and manager.id == plan.person_id:
        manager = None
    before = plan.manager_id
    if before == (manager.id if manager else None):
        return
    plan.manager, plan.manager_id = manager, manager.id if manager else None
    audit.record(OnboardingFact.MANAGER_CHANGED, plan, by=by)
    kinds = {TaskOwner.MANAGER, TaskOwner.BUDDY}
    theirs = [t for t in plan.open_tasks if t.owner_kind in kinds and t.owner_id == before]
    _give(theirs, manager, by=by)


def follow_employment(employment: Employment, *, by: Account | None) -> None:
    """Let the running plan of a person follow them into a new employment, as soon as it begins."""
    if employment.starts_on > clock.today(employment.site.time_zone):
        return
    own = queries.running_plans().where(
        OnboardingPlan.person_id == employment.person_id,
        OnboardingPlan.starts_on <= employment.starts_on,
    )
    plan = db.session.scalar(own.order_by(OnboardingPlan.id.desc()).limit(1))
    if plan is None:
        return
    taken = sa.select(OnboardingPlan.id).where(OnboardingPlan.employment_id == employment.id)
    if plan.employment_id != employment.id and db.session.scalar(taken) is None:
        plan.employment, plan.employment_id = employment, employment.id
    change_manager(plan, employment.manager, by=by)


def follow_lead(team: Team, before: int | None, *, by: Account | None) -> None:
    """Give the plans of a team's hires to its new lead, where the old one managed them."""
    plans = queries.running_plans().join(OnboardingPlan.employment)
    plans = plans.where(Employment.team_id == team.id, OnboardingPlan.manager_id == before)
    for plan in db.session.scalars(plans).all():
        change_manager(plan, team.lead, by=by)


def leave(person_ids: Sequence[int], *, by: Account | None) -> None:
    """Stop the plans of people who left, and pass their tasks to the hires' managers, or HR."""
    for plan in db.session.scalars(
        queries.running_plans().where(OnboardingPlan.person_id.in_(person_ids))
    ).all():
        plan.stopped_at = clock.now()
        audit.record(OnboardingFact.PLAN_STOPPED, plan, by=by)
    for plan in db.session.scalars(
        queries.running_plans().where(OnboardingPlan.manager_id.in_(person_ids))
    ).all():
        change_manager(plan, _next_manager(plan), by=by)
    running = queries.running_plans().with_only_columns(OnboardingPlan.id)
    orphans = sa.select(OnboardingTask).where(
        OnboardingTask.done_at.is_(None),
        OnboardingTask.owner_id.in_(person_ids),
        OnboardingTask.plan_id.in_(running),
    )
    by_manager: dict[Person | None, list[OnboardingTask]] = {}
    for task in db.session.scalars(orphans).all():
        by_manager.setdefault(task.plan.manager, []).append(task)
    for manager, tasks in by_manager.items():
        _give(tasks, manager, by=by)


def _next_manager(plan: OnboardingPlan) -> Person | None:
    """The lead of the hire's team, or of one above it, who still works here."""
    team: Team | None = plan.employment.team
    while team is not None:
        if team.lead is not None and team.lead_id != plan.person_id and _works_here(team.lead):
            return team.lead
        team = team.parent
    return None


def _works_here(person: Person) -> bool:
    return db.session.scalar(people.working_people().where(Person.id == person.id)) is not None
