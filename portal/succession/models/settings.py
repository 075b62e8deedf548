"""How this organisation plans: its readiness scale, and what it tells people."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Id, Model, Versioned, Words


class SuccessionSettings(Versioned, Model):
    """One row. ``tell_nominees``: whether people learn of an approved nomination.

    A judgement of readiness is old after ``stale_months``; a plan should be looked at every
    ``review_months``; who has stood at the same later level for ``stuck_months`` is stuck.
    """

    __tablename__ = "succession_settings"
    __table_args__ = (
        sa.CheckConstraint(
            "stale_months > 0 AND review_months > 0 AND stuck_months > 0", name="months"
        ),
    )

    id: Mapped[Id]
    tell_nominees: Mapped[bool] = mapped_column(default=False)
    stale_months: Mapped[int] = mapped_column(default=12)
    review_months: Mapped[int] = mapped_column(default=12)
    stuck_months: Mapped[int] = mapped_column(default=24)


class ReadinessLevel(Versioned, Model):
    """One step of the organisation's scale; ``is_ready`` counts for cover and for what-if.

    ``months_to`` is how many months it takes at most, empty for open-ended.
    """

    __tablename__ = "readiness_level"
    __table_args__ = (
        sa.CheckConstraint("months_from >= 0 AND months_from <= months_to", name="months"),
    )

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(sa.String(40), unique=True)
    name: Mapped[Words]
    order: Mapped[int]
    months_from: Mapped[int] = mapped_column(default=0)
    months_to: Mapped[int | None]
    is_ready: Mapped[bool] = mapped_column(default=False)
    is_retired: Mapped[bool] = mapped_column(default=False)
