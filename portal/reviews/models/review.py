"""The review of one person in a cycle, its result, signatures and signed editions."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Account
from portal.core.db import Id, Json, Model, Versioned, enum_column
from portal.people.models import Person, Role, Team
from portal.reviews.models.cycle import ReviewCycle
from portal.reviews.states import ReviewEnd, ReviewState, Signer

if TYPE_CHECKING:
    from portal.reviews.models.part import ReviewPart


class Review(Versioned, Model):
    """One person in one cycle.

    Role, team and manager are those of the launch; a change of manager moves ``manager_id``.
    ``competencies`` pins what the role asked for at the launch: ``{"competency_id": 3,
    "version_id": 7, "level": 4, "weight": 20}``. ``score`` is what the formula gives, ``rating``
    what holds after comparison (both 1 to 5). ``development`` is the plan that comes out of it:
    ``{"what": "…", "how": "…", "due_on": "2027-03-31"}``. ``edition`` counts reopenings from 1.
    """

    __tablename__ = "review"
    __private__ = frozenset({"score", "rating", "summary", "development", "note"})
    __table_args__ = (
        sa.UniqueConstraint("cycle_id", "person_id"),
        sa.Index("ix_review_person", "person_id", "state"),
        sa.Index("ix_review_manager", "manager_id", "state"),
        sa.CheckConstraint("score BETWEEN 1 AND 5", name="score"),
        sa.CheckConstraint("rating BETWEEN 1 AND 5", name="rating"),
        sa.CheckConstraint("person_id <> manager_id", name="other"),
        sa.CheckConstraint(
            "state NOT IN ('released', 'signed') OR released_at IS NOT NULL", name="released"
        ),
        sa.CheckConstraint("(state = 'signed') = (signed_at IS NOT NULL)", name="signed"),
    )

    id: Mapped[Id]
    cycle_id: Mapped[int] = mapped_column(sa.ForeignKey("review_cycle.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    role_id: Mapped[int] = mapped_column(sa.ForeignKey("role.id"))
    team_id: Mapped[int] = mapped_column(sa.ForeignKey("team.id"))
    manager_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    state: Mapped[ReviewState] = mapped_column(
        enum_column(ReviewState), default=ReviewState.WRITING
    )
    edition: Mapped[int] = mapped_column(default=1)
    competencies: Mapped[list[Json]]
    score: Mapped[float | None]
    rating: Mapped[float | None]
    summary: Mapped[str] = mapped_column(sa.Text, default="")
    development: Mapped[list[Json]] = mapped_column(default=list)
    note: Mapped[str] = mapped_column(sa.Text, default="")
    """Why it was called off or reopened, in the words of who did it."""
    ending: Mapped[ReviewEnd | None] = mapped_column(enum_column(ReviewEnd))
    """Why it was called off, where the portal did it by itself."""
    created_at: Mapped[datetime]
    rated_at: Mapped[datetime | None]
    calibrated_at: Mapped[datetime | None]
    released_at: Mapped[datetime | None]
    signed_at: Mapped[datetime | None]

    cycle: Mapped[ReviewCycle] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    manager: Mapped[Person | None] = relationship(foreign_keys=[manager_id])
    role: Mapped[Role] = relationship()
    team: Mapped[Team] = relationship()
    parts: Mapped[list[ReviewPart]] = relationship(
        back_populates="review", order_by="ReviewPart.kind, ReviewPart.id"
    )
    signatures: Mapped[list[ReviewSignature]] = relationship(order_by="ReviewSignature.id")
    records: Mapped[list[ReviewRecord]] = relationship(order_by="ReviewRecord.edition")
    changes: Mapped[list[CalibrationChange]] = relationship(order_by="CalibrationChange.id")


class CalibrationChange(Model):
    """One change of a result in comparison with others, and why; never changed (a trigger)."""

    __tablename__ = "calibration_change"
    __private__ = frozenset({"before", "after", "reason"})
    __table_args__ = (
        sa.CheckConstraint("after BETWEEN 1 AND 5", name="after"),
        sa.CheckConstraint("reason <> ''", name="reason"),
    )

    id: Mapped[Id]
    review_id: Mapped[int] = mapped_column(sa.ForeignKey("review.id"), index=True)
    edition: Mapped[int]
    before: Mapped[float | None]
    after: Mapped[float]
    reason: Mapped[str] = mapped_column(sa.Text)
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))

    changed_by: Mapped[Account] = relationship()


class ReviewSignature(Model):
    """Somebody's name under one edition, with a comment; never changed (a trigger).

    Who signs without agreeing says that the review was read and talked about.
    """

    __tablename__ = "review_signature"
    __private__ = frozenset({"comment", "agrees"})
    __table_args__ = (sa.UniqueConstraint("review_id", "edition", "signer"),)

    id: Mapped[Id]
    review_id: Mapped[int] = mapped_column(sa.ForeignKey("review.id"))
    edition: Mapped[int]
    signer: Mapped[Signer] = mapped_column(enum_column(Signer))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    agrees: Mapped[bool] = mapped_column(default=True)
    comment: Mapped[str] = mapped_column(sa.Text, default="")
    signed_at: Mapped[datetime]

    person: Mapped[Person] = relationship()


class ReviewRecord(Model):
    """One signed edition, frozen whole with its paper; never changed (a trigger).

    ``content`` is the packet as it was signed, ``content_hash`` its SHA-256; the paper is issued
    about this row.
    """

    __tablename__ = "review_record"
    __private__ = frozenset({"content", "rating"})
    __table_args__ = (sa.UniqueConstraint("review_id", "edition"),)

    id: Mapped[Id]
    review_id: Mapped[int] = mapped_column(sa.ForeignKey("review.id"))
    edition: Mapped[int]
    rating: Mapped[float | None]
    content: Mapped[Json]
    content_hash: Mapped[str] = mapped_column(sa.String(64))
    closed_at: Mapped[datetime]

    review: Mapped[Review] = relationship(back_populates="records")
