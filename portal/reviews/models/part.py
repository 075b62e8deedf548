"""What one author writes about one person, and the ratings in it."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Account
from portal.competencies.models import CompetencyVersion
from portal.core.db import Id, Json, Model, Versioned, enum_column
from portal.people.models import Person
from portal.reviews.models.review import Review
from portal.reviews.states import PartKind, PartState


class ReviewPart(Versioned, Model):
    """One author's part; a proposed peer is a part that nobody has agreed to yet.

    ``answers`` maps the key of a text section to words. ``score`` (1 to 5) is made when the part is
    handed in and is empty if nothing in it was rated.
    """

    __tablename__ = "review_part"
    __private__ = frozenset({"answers", "score", "reason"})
    __table_args__ = (
        sa.Index("ix_review_part_review", "review_id", "kind"),
        sa.Index("ix_review_part_author", "author_id", "state"),
        sa.Index(
            "ix_review_part_named",
            "review_id",
            sqlite_where=sa.text("state = 'named'"),
            postgresql_where=sa.text("state = 'named'"),
        ),
        sa.Index(
            "uq_review_part_author",
            "review_id",
            "author_id",
            "kind",
            unique=True,
        ),
        sa.CheckConstraint("score BETWEEN 1 AND 5", name="score"),
        sa.CheckConstraint("(state = 'submitted') = (submitted_at IS NOT NULL)", name="submitted"),
    )

    id: Mapped[Id]
    review_id: Mapped[int] = mapped_column(sa.ForeignKey("review.id"))
    kind: Mapped[PartKind] = mapped_column(enum_column(PartKind))
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    state: Mapped[PartState] = mapped_column(enum_column(PartState), default=PartState.OPEN)
    answers: Mapped[Json] = mapped_column(default=dict)
    score: Mapped[float | None]
    named_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    """Why a peer was not agreed to, or why a part was declined or given back."""
    created_at: Mapped[datetime]
    saved_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]

    review: Mapped[Review] = relationship(back_populates="parts")
    author: Mapped[Person] = relationship()
    named_by: Mapped[Account | None] = relationship(foreign_keys=[named_by_id])
    ratings: Mapped[list[PartRating]] = relationship(
        back_populates="part", order_by="PartRating.id", cascade="all, delete-orphan"
    )


class PartRating(Model):
    """One level (1–5) with a note, or that the author could not tell; in a draft neither yet.

    It rates a competency in a pinned wording, or one goal; ``subject`` is ``c<competency id>`` or
    ``g<goal id>``.
    """

    __tablename__ = "part_rating"
    __private__ = frozenset({"level", "note"})
    __table_args__ = (
        sa.UniqueConstraint("part_id", "subject"),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name="level"),
    )

    id: Mapped[Id]
    part_id: Mapped[int] = mapped_column(sa.ForeignKey("review_part.id"))
    subject: Mapped[str] = mapped_column(sa.String(40))
    competency_version_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("competency_version.id")
    )
    goal_id: Mapped[int | None]
    level: Mapped[int | None]
    cannot_tell: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(sa.Text, default="")

    part: Mapped[ReviewPart] = relationship(back_populates="ratings")
    competency_version: Mapped[CompetencyVersion | None] = relationship()
