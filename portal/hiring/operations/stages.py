"""The one place that changes an application's stage, and the counts a board shows."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from portal.accounts.models import Account
from portal.core.db import db
from portal.hiring.models import Application, StageCount
from portal.hiring.states import RejectionReason, Stage

ORDER = list(Stage)


def enter_stage(
    application: Application,
    to: Stage,
    *,
    at: datetime,
    by: Account | None,
    reason: RejectionReason | None = None,
) -> None:
    """Set the stage and remember the one before; whether that is allowed was asked before."""
    before = application.stage
    application.previous_stage = before
    application.previous_since = application.stage_since
    application.moved_by_id = by.id if by is not None else None
    if reason is not None:
        application.rejection_reason = reason
    application.stage = to
    application.stage_since = at
    recount(application.posting_id, before, to)


def recount(posting_id: int, before: Stage, after: Stage) -> None:
    """One less at a stage and one more at another, always locked in the same order."""
    steps = sorted([(before, -1), (after, +1)], key=lambda step: ORDER.index(step[0]))
    for stage, change in steps:
        count_one(posting_id, stage, change)


def count_one(posting_id: int, stage: Stage, change: int) -> None:
    """Add ``change`` to the number of applications at a stage, by one UPDATE."""
    if _add(posting_id, stage, change):
        return
    try:
        with db.session.begin_nested():
            row = {"posting_id": posting_id, "stage": stage, "count": max(change, 0)}
            db.session.execute(sa.insert(StageCount.__table__), row)  # type: ignore[arg-type]
    except IntegrityError:
        # Somebody else made the row between the two statements.
        _add(posting_id, stage, change)


def _add(posting_id: int, stage: Stage, change: int) -> bool:
    result = db.session.execute(
        sa.update(StageCount)
        .where(StageCount.id == posting_id, StageCount.stage == stage)
        .values(count=StageCount.count + change)
        .returning(StageCount.id),
        execution_options={"synchronize_session": False},
    )
    return result.first() is not None
