"""Check-ins: both write their part, the manager says when it was held and what was agreed."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit, clock, i18n
from portal.core.db import db
from portal.core.errors import Refused
from portal.onboarding.models import OnboardingCheckIn, OnboardingTask
from portal.onboarding.operations.task import finish_task
from portal.onboarding.states import OnboardingFact, TaskOwner

MOST_AGREED = 20


def write_for_check_in(check_in: OnboardingCheckIn, words: str, *, by: Account) -> None:
    """Keep what the hire says, or, from anybody else, what the manager says.

    Raises:
        Refused: if the check-in was held: it is a record then.

    """
    if check_in.held_on is not None:
        raise Refused(_("This check-in was held. What was said stays as it is."), field="words")
    plan = check_in.task.plan
    if by.person_id == plan.person_id:
        check_in.hire_words = words
    else:
        check_in.manager_words = words
    audit.record(OnboardingFact.CHECK_IN_WRITTEN, check_in, by=by, about=plan.person_id)


def hold_check_in(check_in: OnboardingCheckIn, *, held_on: date, by: Account) -> None:
    """Say on which day it was held; that finishes its task.

    Raises:
        Refused: if it was held already, the manager has not said anything, or the day is still to
            come or before the first day.

    """
    plan = check_in.task.plan
    if check_in.held_on is not None:
        raise Refused(_("This check-in was held already."))
    if not check_in.manager_words:
        raise Refused(_("Write down first how the person is doing."))
    if held_on > clock.today(plan.employment.site.time_zone):
        raise Refused(_("This day is still to come."), field="held_on")
    if held_on < plan.starts_on:
        raise Refused(_("This day lies before the first day of work."), field="held_on")
    check_in.held_on = held_on
    audit.record(OnboardingFact.CHECK_IN_HELD, check_in, by=by, about=plan.person_id)
    finish_task(check_in.task, by=by)


def agree_on(
    check_in: OnboardingCheckIn, *, title: str, owner: TaskOwner, due_on: date, by: Account
) -> OnboardingTask:
    """Make an agreed action a task of the hire or the manager.

    Raises:
        Refused: if the day is over, or there are too many already.

    """
    plan = check_in.task.plan
    agreed = [task for task in plan.tasks if task.agreed_at_id == check_in.task_id]
    if due_on < clock.today(plan.employment.site.time_zone):
        raise Refused(_("Choose a day that is still to come."), field="due_on")
    if len(agreed) >= MOST_AGREED:
        raise Refused(_("Agree on fewer things: nobody remembers more than that."))
    numbers = [int(task.key.rpartition("-")[2]) for task in agreed]
    task = OnboardingTask(
        key=f"agreed-{check_in.task_id}-{max(numbers, default=0) + 1}",
        # One language is what two people said; others read it as it was said.
        title={i18n.current_locale(): title},
        help={},
        agreed_at_id=check_in.task_id,
        owner_kind=owner,
        owner_id=plan.person_id if owner is TaskOwner.HIRE else plan.manager_id,
        due_on=due_on,
    )
    plan.tasks.append(task)
    db.session.flush()
    audit.record(OnboardingFact.TASK_AGREED, task, by=by, about=plan.person_id)
    return task
