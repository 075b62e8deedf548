"""What should make a nominee readier."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit, clock
from portal.core.db import db
from portal.core.errors import Refused
from portal.development import operations as development
from portal.development.states import PlanActionKind
from portal.succession.models import Nomination, SuccessionAction
from portal.succession.states import ActionKind, SuccessionFact
from portal.training.models import Course

PLAN_KINDS = {
    ActionKind.COURSE: PlanActionKind.COURSE,
    ActionKind.MENTOR: PlanActionKind.MENTOR,
    ActionKind.SHADOWING: PlanActionKind.SHADOWING,
    ActionKind.PROJECT: PlanActionKind.PROJECT,
}


def add_action(
    nomination: Nomination,
    kind: ActionKind,
    *,
    text: str = "",
    course: Course | None = None,
    due_on: date,
    by: Account,
) -> SuccessionAction:
    """Plan something that makes a nominee readier.

    Raises:
        Refused: if the nomination is over, the day has passed, or nothing says what to do.
    """
    if not nomination.is_open:
        raise Refused(_("This nomination is over."))
    if due_on < clock.today(by.time_zone):
        raise Refused(_("Choose today or a later day."), "due_on")
    if kind is ActionKind.COURSE and course is None:
        raise Refused(_("Choose a course."), "course")
    if kind is not ActionKind.COURSE and not text.strip():
        raise Refused(_("Say what is to be done."), "text")
    action = SuccessionAction(
        nomination_id=nomination.id, kind=kind, text=text.strip(), due_on=due_on,
        course_id=course.id if course and kind is ActionKind.COURSE else None,
        created_at=clock.now(), created_by_id=by.id,
    )  # fmt: skip
    db.session.add(action)
    db.session.flush()
    db.session.expire(nomination, ["actions"])
    audit.record(SuccessionFact.ACTION_ADDED, nomination.key_position, by=by)
    return action


def suggest_action(action: SuccessionAction, *, title: str, due_on: date, by: Account) -> None:
    """Put the same into the nominee's career plan, as anybody who answers for them might.

    The plan says nothing of the nomination; one that begins with it leads to the person's own role.

    Raises:
        Refused: as when something is added to a plan.
    """
    nominee = action.nomination.nominee
    kind = PLAN_KINDS.get(action.kind, PlanActionKind.OTHER)
    development.add_action(
        nominee, kind, due_on=due_on, title=title, subject_id=action.course_id, by=by
    )


def finish_action(nomination: Nomination, action: SuccessionAction, *, by: Account) -> None:
    """Tick an action off, or open it again."""
    action.done_on = None if action.done_on else clock.today(by.time_zone)
    audit.record(SuccessionFact.ACTION_DONE, nomination.key_position, by=by)


def remove_action(nomination: Nomination, action: SuccessionAction, *, by: Account) -> None:
    """Drop an action."""
    db.session.delete(action)
    db.session.flush()
    db.session.expire(nomination, ["actions"])
    audit.record(SuccessionFact.ACTION_REMOVED, nomination.key_position, by=by)
