"""Tick a task of a plan, with what shows that it is done, and undo that."""

from __future__ import annotations

from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit, clock
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.files import StoredFile
from portal.onboarding.models import OnboardingTask
from portal.onboarding.states import OnboardingFact


def finish_task(
    task: OnboardingTask,
    *,
    evidence: str = "",
    file: StoredFile | None = None,
    by: Account | None,
) -> None:
    """Tick a task; evidence from before it was opened again holds unless there is new.

    Raises:
        Refused: if it is done already, is a check-in that was not held, or needs evidence and
            has none.
    """
    db.session.refresh(task, ["done_at"], with_for_update=True)
    if task.done_at is not None:
        raise Refused(_("This task is done already."))
    if task.check_in is not None and task.check_in.held_on is None:
        raise Refused(_("Open the check-in and say when you held it: that finishes this task."))
    evidence = evidence.strip() or task.evidence
    file = file or task.evidence_file
    if task.needs_evidence and not evidence and file is None:
        raise Refused(_("Say or attach what shows that this is done."), field="evidence")
    task.done_at, task.done_by = clock.now(), by
    task.evidence, task.evidence_file = evidence, file
    audit.record(OnboardingFact.TASK_DONE, task, by=by, about=task.plan.person_id)


def reopen_task(task: OnboardingTask, *, by: Account) -> None:
    """Undo ticking a task; what was entered as evidence or said at a check-in stays.

    Raises:
        Refused: if it is not done.
    """
    if task.done_at is None:
        raise Refused(_("This task is still open."))
    task.done_at = task.done_by = None
    if task.check_in is not None:
        task.check_in.held_on = None
    audit.record(OnboardingFact.TASK_REOPENED, task, by=by, about=task.plan.person_id)
