"""Moving applications, undoing that, withdrawing and hiring."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit, clock
from portal.core.errors import Refused
from portal.core.states import require_move
from portal.hiring import signals
from portal.hiring.models import Application
from portal.hiring.notices import application as notices
from portal.hiring.operations.requisition import note_hire
from portal.hiring.operations.stages import enter_stage, recount
from portal.hiring.states import STAGE_MOVES, HiringFact, RejectionReason, Stage

UNDO_WINDOW = timedelta(minutes=10)
"""How long a move can be undone, and how long a rejection waits before it is mailed."""


def move_application(
    application: Application,
    to: Stage,
    *,
    by: Account | None,
    reason: RejectionReason | None = None,
    send_after: datetime | None = None,
    at: datetime | None = None,
) -> None:
    """Take an application to another stage; a rejection is mailed after ``send_after``.

    ``at`` gives moves that belong together one moment, by which they are undone together.

    Raises:
        Refused: if the move is not allowed from the present stage, or a rejection has no reason.
    """
    require_movable(application, to, reason)
    before = application.stage
    moment = at or clock.now()
    if before is Stage.REJECTED:
        notices.take_back_rejection(application)
    enter_stage(application, to, at=moment, by=by, reason=reason)
    is_rejection = to is Stage.REJECTED
    fact = HiringFact.REJECTED if is_rejection else HiringFact.MOVED
    audit.record(fact, application, by=by)
    if is_rejection:
        notices.rejected(application, send_after or moment + UNDO_WINDOW)
    signals.application_moved.send(None, application=application, before=before, by=by)


def move_applications(
    applications: Iterable[Application],
    to: Stage,
    *,
    by: Account,
    reason: RejectionReason | None = None,
) -> datetime:
    """Move several at one moment, which is returned and by which they are undone together.

    Raises:
        Refused: if one of them can't be moved; then none is.
    """
    moment = clock.now()
    for application in applications:
        move_application(application, to, by=by, reason=reason, at=moment)
    return moment


def require_movable(
    application: Application, to: Stage, reason: RejectionReason | None = None
) -> None:
    """Check a move a person asks for.

    Raises:
        Refused: if it is not allowed, with what to do instead.
    """
    if to in {Stage.HIRED, Stage.WITHDRAWN}:
        raise Refused(_("Only an accepted offer hires, and only the candidate withdraws."), "to")
    require_move(STAGE_MOVES, application.stage, to)
    unscreened = application.stage is Stage.APPLIED and application.screening_score is None
    if to is Stage.SCREENED and unscreened and application.posting.criteria:
        raise Refused(_("Screen this application against the criteria first."), "to")
    if to is Stage.REJECTED and reason is None:
        raise Refused(_("Choose why the application ends here."), "reason")


def within_undo_window(application: Application) -> bool:
    """Whether the last move is young enough to be undone."""
    return clock.now() - application.stage_since <= UNDO_WINDOW


def can_undo(application: Application, by: Account) -> bool:
    """Whether the last move is this person's and young enough to be undone."""
    return (
        application.previous_stage is not None
        and application.moved_by_id == by.id
        and application.stage not in {Stage.HIRED, Stage.WITHDRAWN}
        and within_undo_window(application)
    )


def undo_move(application: Application, *, by: Account) -> None:
    """Put an application back where it was before the last move, as if nothing had happened.

    Raises:
        Refused: if somebody else moved it, ten minutes have passed, or the candidate was told.
    """
    if not can_undo(application, by):
        raise Refused(_("This can't be undone any more. Move the application instead."))
    before, back = application.stage, application.previous_stage
    assert back is not None
    if before is Stage.REJECTED:
        notices.require_rejection_unsent(application)
        notices.take_back_rejection(application)
    application.stage = back
    application.stage_since = application.previous_since or clock.now()
    application.previous_stage = application.previous_since = None
    application.moved_by_id = None
    if back is Stage.APPLIED:
        # It was moved by its screening, which is undone with it.
        application.screening_score = application.must_haves_met = None
    recount(application.posting_id, before, back)
    audit.record(HiringFact.MOVE_UNDONE, application, by=by)
    signals.application_moved.send(None, application=application, before=before, by=by)


def withdraw_application(application: Application) -> None:
    """The candidate takes the application back.

    Raises:
        Refused: if it has come to its end already.
    """
    before = application.stage
    require_move(STAGE_MOVES, before, Stage.WITHDRAWN)
    if before is Stage.REJECTED:
        raise Refused(_("This application has ended already."))
    enter_stage(application, Stage.WITHDRAWN, at=clock.now(), by=None)
    audit.record(HiringFact.WITHDRAWN, application, by=None)
    notices.withdrawn(application)
    signals.application_moved.send(None, application=application, before=before, by=None)


def hire_application(application: Application, *, by: Account | None) -> None:
    """Count an accepted offer; ``by`` is ``None`` when the candidate accepts by link.

    Raises:
        Refused: if no offer is open, or the requisition has no opening left.
    """
    require_move(STAGE_MOVES, application.stage, Stage.HIRED)
    before = application.stage
    note_hire(application.posting.requisition, by=by)
    enter_stage(application, Stage.HIRED, at=clock.now(), by=by)
    audit.record(HiringFact.MOVED, application, by=by)
    signals.application_moved.send(None, application=application, before=before, by=by)
