"""What is asked in reviews, and the cycles in which everybody of a group is reviewed."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Account
from portal.core.db import Id, Json, Model, Versioned, Words, enum_column
from portal.reviews.states import CycleState, PartKind, TemplateState


class ReviewTemplate(Versioned, Model):
    """One version of what a review asks; versions of one template share ``key``.

    ``sections`` in order: ``{"key": "goals", "kind": "goals", "weight": 40, "title": Words,
    "hint": Words, "parts": ["self", "manager"]}``. Sections of the kind text weigh nothing; the
    weights of the others sum to 100. Once published a version never changes.
    """

    __tablename__ = "review_template"
    __table_args__ = (sa.UniqueConstraint("key", "number"),)

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(sa.String(60))
    number: Mapped[int] = mapped_column(default=1)
    name: Mapped[Words]
    sections: Mapped[list[Json]]
    weights: Mapped[Json]
    """What a cycle starts with: part kind -> per cent; a missing kind takes no part."""
    state: Mapped[TemplateState] = mapped_column(
        enum_column(TemplateState), default=TemplateState.DRAFT
    )
    content_hash: Mapped[str] = mapped_column(sa.String(64), default="")
    published_at: Mapped[datetime | None]

    def sections_of(self, part: PartKind) -> list[Json]:
        """What one kind of part asks, in order."""
        return [row for row in self.sections if str(part) in row["parts"]]


class ReviewCycle(Versioned, Model):
    """One round of reviews over a period, with whom it is about, weights and calendar.

    ``population``: ``{"team_ids": [], "role_ids": [], "site_ids": [], "employed_by":
    "2026-07-01"}``; an empty list means any, a team stands for all below it. ``weights``: part
    kind -> per cent, together 100; a kind without weight takes no part. Peers and direct reports
    stay nameless, and their parts count from ``least_raters`` (three or more) on.
    ``peers_wanted`` is how many peers a person should name. All days are last days.
    """

    __tablename__ = "review_cycle"
    __table_args__ = (
        sa.CheckConstraint("starts_on <= ends_on", name="period"),
        sa.CheckConstraint("least_raters >= 3", name="least_raters"),
        sa.CheckConstraint(
            "opens_on <= peers_due_on AND peers_due_on <= parts_due_on"
            " AND parts_due_on <= manager_due_on AND manager_due_on <= calibration_due_on"
            " AND calibration_due_on <= signing_due_on",
            name="calendar",
        ),
    )

    id: Mapped[Id]
    name: Mapped[Words]
    template_id: Mapped[int] = mapped_column(sa.ForeignKey("review_template.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    population: Mapped[Json]
    weights: Mapped[Json]
    least_raters: Mapped[int] = mapped_column(default=3)
    peers_wanted: Mapped[int] = mapped_column(default=3)
    opens_on: Mapped[date]
    peers_due_on: Mapped[date]
    parts_due_on: Mapped[date]
    manager_due_on: Mapped[date]
    calibration_due_on: Mapped[date]
    signing_due_on: Mapped[date]
    state: Mapped[CycleState] = mapped_column(enum_column(CycleState), default=CycleState.DRAFT)
    launched_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))

    template: Mapped[ReviewTemplate] = relationship()
    created_by: Mapped[Account | None] = relationship()

    def weight(self, part: PartKind) -> int:
        """Per cent; 0 if this kind takes no part."""
        return int(self.weights.get(str(part), 0))
