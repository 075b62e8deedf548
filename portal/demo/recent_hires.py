"""Recent hires work through their onboarding; the newest have not begun."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

import sqlalchemy as sa

from portal.accounts import queries as accounts
from portal.accounts.models import Account
from portal.core import clock
from portal.core.db import db
from portal.demo.calendar import days_ago
from portal.demo.cast import Cast
from portal.demo.first_months import AGREED, HIRE_SAYS, MANAGER_SAYS
from portal.onboarding import operations as onboarding
from portal.onboarding.models import OnboardingCheckIn, OnboardingPlan, OnboardingTask
from portal.onboarding.states import TaskOwner

EVIDENCE = {
    "en": "Filed in the personnel record.",
    "tr": "Özlük dosyasına kaldırıldı.",
    "es": "Archivado en el expediente.",
    "ja": "人事記録に保管済み。",
}
SECOND_TALK = 60


def work_through(cast: Cast) -> None:
    """Tick most tasks that are due by now; leave the last two of each plan open."""
    for plan in db.session.scalars(sa.select(OnboardingPlan).order_by(OnboardingPlan.id)):
        due = [task for task in plan.tasks if task.due_on <= clock.today()]
        catch_up(cast, plan, leave_open={task.key for task in due[-2:]})


def catch_up(
    cast: Cast, plan: OnboardingPlan, *, leave_open: Collection[str] = (), everything: bool = False
) -> None:
    """Do what is due by now on its day, or everything; some keys stay open."""
    hr, today = cast.account("hr"), clock.today()
    for task in list(plan.tasks):
        if task.done_at is not None or task.key in leave_open:
            continue
        if task.due_on > today and not everything:
            continue
        with days_ago(max((today - task.due_on).days, 0)):
            if task.check_in is not None:
                _talk(task.check_in)
            else:
                _finish(task, hr)
    for task in plan.open_tasks:
        if task.agreed_at_id is not None and (everything or task.due_on <= today):
            with days_ago(max((today - task.due_on).days, 0)):
                _finish(task, hr)


def _finish(task: OnboardingTask, hr: Account) -> None:
    actor = _account(task.owner_id) or hr
    evidence = EVIDENCE[actor.language] if task.needs_evidence else ""
    onboarding.finish_task(task, evidence=evidence, by=actor)


def _talk(check_in: OnboardingCheckIn) -> None:
    """Both say how it goes; the second time they agree on something."""
    task = check_in.task
    hire, manager = _account(task.plan.person_id), _account(task.owner_id)
    if hire is None or manager is None:
        return
    onboarding.write_for_check_in(check_in, HIRE_SAYS[hire.language], by=hire)
    onboarding.write_for_check_in(check_in, MANAGER_SAYS[manager.language], by=manager)
    if task.milestone == SECOND_TALK:
        onboarding.agree_on(
            check_in,
            title=AGREED[manager.language],
            owner=TaskOwner.HIRE,
            due_on=clock.today() + timedelta(days=14),
            by=manager,
        )
    onboarding.hold_check_in(check_in, held_on=clock.today(), by=manager)


def _account(person_id: int | None) -> Account | None:
    return db.session.scalar(accounts.account_of(person_id)) if person_id is not None else None
