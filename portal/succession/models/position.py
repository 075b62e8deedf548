"""Key positions, who could take them over, and what makes them readier."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Account
from portal.core.db import Id, Json, Model, Versioned, enum_column
from portal.people.models import Person, Position
from portal.succession.models.settings import ReadinessLevel
from portal.succession.states import (
    ActionKind,
    EndReason,
    Impact,
    LossRisk,
    NominationState,
    PositionState,
)
from portal.training.models import Course


class KeyPosition(Versioned, Model):
    """A seat for which successors are planned, whoever holds it."""

    __tablename__ = "key_position"
    __table_args__ = (
        sa.CheckConstraint("(state = 'ended') = (ended_at IS NOT NULL)", name="ended"),
    )

    id: Mapped[Id]
    position_id: Mapped[int] = mapped_column(sa.ForeignKey("position.id"), unique=True)
    state: Mapped[PositionState] = mapped_column(
        enum_column(PositionState), default=PositionState.ACTIVE
    )
    looked_at_on: Mapped[date]
    """The day the plan was last confirmed as a whole."""
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    position: Mapped[Position] = relationship()
    assessments: Mapped[list[PositionAssessment]] = relationship(
        order_by="PositionAssessment.id.desc()"
    )
    nominations: Mapped[list[Nomination]] = relationship(
        back_populates="key_position", order_by="Nomination.rank, Nomination.id"
    )


class PositionAssessment(Model):
    """Impact and risk of loss as judged on a day; the newest counts, none is changed (a trigger).

    ``reasons`` are values of ``LossReason``. It is about the holder of that day.
    """

    __tablename__ = "position_assessment"
    __private__ = frozenset({"impact", "risk", "reasons", "note", "holder_id"})

    id: Mapped[Id]
    key_position_id: Mapped[int] = mapped_column(sa.ForeignKey("key_position.id"), index=True)
    holder_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    impact: Mapped[Impact] = mapped_column(enum_column(Impact))
    risk: Mapped[LossRisk] = mapped_column(enum_column(LossRisk))
    reasons: Mapped[list[str]] = mapped_column(default=list)
    note: Mapped[str] = mapped_column(sa.Text, default="")
    assessed_at: Mapped[datetime]
    assessed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))

    assessed_by: Mapped[Account | None] = relationship()
    holder: Mapped[Person | None] = relationship()


class Nomination(Versioned, Model):
    """Somebody who could take over a key position; ``nominee_id`` so that no trail names them.

    ``level`` is empty for who is only emergency cover. ``judged_on`` is when readiness was last
    judged, ``level_since`` since when it has been this level. ``lines`` freezes how the career
    requirements stood then: ``{"met": 7, "total": 9, "missing": [key, …]}``.
    """

    __tablename__ = "nomination"
    __private__ = frozenset(
        {"nominee_id", "level_id", "rank", "is_emergency", "reason", "lines", "decision_note"}
    )
    __table_args__ = (
        sa.Index(
            "uq_nomination_open",
            "key_position_id",
            "nominee_id",
            unique=True,
            sqlite_where=sa.text("state IN ('proposed', 'approved')"),
            postgresql_where=sa.text("state IN ('proposed', 'approved')"),
        ),
        sa.Index("ix_nomination_nominee", "nominee_id", "state"),
        sa.CheckConstraint("level_id IS NOT NULL OR is_emergency", name="purpose"),
        sa.CheckConstraint("rank > 0", name="rank"),
        sa.CheckConstraint("(state = 'ended') = (end_reason IS NOT NULL)", name="ended"),
    )

    id: Mapped[Id]
    key_position_id: Mapped[int] = mapped_column(sa.ForeignKey("key_position.id"))
    nominee_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    level_id: Mapped[int | None] = mapped_column(sa.ForeignKey("readiness_level.id"))
    rank: Mapped[int]
    is_emergency: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(sa.Text)
    lines: Mapped[Json] = mapped_column(default=dict)
    judged_on: Mapped[date]
    level_since: Mapped[date]
    state: Mapped[NominationState] = mapped_column(
        enum_column(NominationState), default=NominationState.PROPOSED
    )
    end_reason: Mapped[EndReason | None] = mapped_column(enum_column(EndReason))
    proposed_at: Mapped[datetime]
    proposed_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    decision_note: Mapped[str] = mapped_column(sa.Text, default="")
    ended_at: Mapped[datetime | None]

    key_position: Mapped[KeyPosition] = relationship(back_populates="nominations")
    nominee: Mapped[Person] = relationship()
    level: Mapped[ReadinessLevel | None] = relationship()
    proposed_by: Mapped[Account] = relationship(foreign_keys=[proposed_by_id])
    decided_by: Mapped[Account | None] = relationship(foreign_keys=[decided_by_id])
    actions: Mapped[list[SuccessionAction]] = relationship(
        back_populates="nomination", order_by="SuccessionAction.due_on"
    )
    changes: Mapped[list[NominationChange]] = relationship(order_by="NominationChange.id")

    @property
    def is_open(self) -> bool:
        """Whether it still counts or may come to count."""
        return self.state in {NominationState.PROPOSED, NominationState.APPROVED}


class NominationChange(Model):
    """One step in the history of a nomination; never changed (a trigger)."""

    __tablename__ = "nomination_change"
    __private__ = frozenset({"level_id", "rank", "is_emergency", "reason"})

    id: Mapped[Id]
    nomination_id: Mapped[int] = mapped_column(sa.ForeignKey("nomination.id"), index=True)
    fact: Mapped[str] = mapped_column(sa.String(60))
    """A value of ``SuccessionFact``."""
    level_id: Mapped[int | None] = mapped_column(sa.ForeignKey("readiness_level.id"))
    rank: Mapped[int]
    is_emergency: Mapped[bool]
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))

    level: Mapped[ReadinessLevel | None] = relationship()
    changed_by: Mapped[Account | None] = relationship()


class SuccessionAction(Versioned, Model):
    """What should make a nominee readier, by when; the person sees none of it."""

    __tablename__ = "succession_action"
    __private__ = frozenset({"text", "course_id", "kind"})
    __table_args__ = (
        sa.CheckConstraint("(kind = 'course') = (course_id IS NOT NULL)", name="course"),
    )

    id: Mapped[Id]
    nomination_id: Mapped[int] = mapped_column(sa.ForeignKey("nomination.id"), index=True)
    kind: Mapped[ActionKind] = mapped_column(enum_column(ActionKind))
    text: Mapped[str] = mapped_column(sa.Text, default="")
    course_id: Mapped[int | None] = mapped_column(sa.ForeignKey("course.id"))
    due_on: Mapped[date]
    done_on: Mapped[date | None]
    created_at: Mapped[datetime]
    created_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))

    course: Mapped[Course | None] = relationship()
    nomination: Mapped[Nomination] = relationship(back_populates="actions")
