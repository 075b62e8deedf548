"""Papers of several people put together: one ZIP, or one file to print."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Account
from portal.core.db import Id, Model, enum_column
from portal.core.files import StoredFile
from portal.reviews.models.cycle import ReviewCycle
from portal.reviews.states import BatchKind, BatchState


class ReviewBatch(Model):
    """One order of papers, which a worker puts together; only who ordered it may fetch it.

    ``record_ids`` are the signed editions it holds. ``done`` counts those that are in.
    """

    __tablename__ = "review_batch"
    __table_args__ = (
        sa.CheckConstraint("(state = 'ready') = (file_id IS NOT NULL)", name="ready_has_file"),
    )

    id: Mapped[Id]
    cycle_id: Mapped[int] = mapped_column(sa.ForeignKey("review_cycle.id"))
    kind: Mapped[BatchKind] = mapped_column(enum_column(BatchKind))
    state: Mapped[BatchState] = mapped_column(enum_column(BatchState), default=BatchState.WAITING)
    record_ids: Mapped[list[int]]
    done: Mapped[int] = mapped_column(default=0)
    file_id: Mapped[int | None] = mapped_column(sa.ForeignKey("stored_file.id"))
    ordered_at: Mapped[datetime]
    ordered_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))

    cycle: Mapped[ReviewCycle] = relationship()
    file: Mapped[StoredFile | None] = relationship()
    ordered_by: Mapped[Account] = relationship()
