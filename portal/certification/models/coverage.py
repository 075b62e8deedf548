"""Warnings of too few people that were told, so that nobody hears of one twice."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Id, Model


class CoverageWarning(Model):
    """A warning that was told; it ends when there are enough people again.

    ``key`` names the queue, or the team and certification. If it comes back it is a new one.
    """

    __tablename__ = "coverage_warning"
    __table_args__ = (
        sa.Index(
            "uq_coverage_warning_open",
            "key",
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        ),
    )

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(sa.String(60))
    starts_on: Mapped[date]
    told_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
