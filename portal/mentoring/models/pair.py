"""A mentor and a mentee, their goals, and what each says of it."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Account
from portal.competencies.models import Competency
from portal.core.db import Id, Json, Model, Versioned, enum_column
from portal.mentoring.models.programme import MentoringMatch, MentoringProgramme
from portal.mentoring.states import LIVE, EndReason, FeedbackPart, PairState
from portal.people.models import Person

_PRESENT = sa.text("state IN ('requested', 'proposed', 'running', 'paused')")


class MentoringPair(Versioned, Model):
    """Two people in a programme, from the suggestion or request to the end.

    ``score`` counts hundredths of points; ``terms`` say what it is made of, and ``bests`` with
    whom each of the two would have fitted best. ``message`` is what was written when asking, by the
    mentee or by who asked for them, ``asked_by``; ``asked`` lists the parts of feedback both were
    asked for.
    """

    __tablename__ = "mentoring_pair"
    __table_args__ = (
        sa.CheckConstraint("mentor_id <> mentee_id", name="two"),
        sa.CheckConstraint("(state = 'ended') = (end_reason IS NOT NULL)", name="ended"),
        sa.Index("ix_mentoring_pair_programme_id", "programme_id", "state"),
        sa.Index("ix_mentoring_pair_mentor_id", "mentor_id", "state"),
        sa.Index("ix_mentoring_pair_mentee_id", "mentee_id", "state"),
        sa.Index(
            "uq_mentoring_pair_present",
            "programme_id",
            "mentee_id",
            unique=True,
            sqlite_where=_PRESENT,
            postgresql_where=_PRESENT,
        ),
    )
    __private__ = frozenset({"message", "end_note"})

    id: Mapped[Id]
    programme_id: Mapped[int] = mapped_column(sa.ForeignKey("mentoring_programme.id"))
    match_id: Mapped[int | None] = mapped_column(sa.ForeignKey("mentoring_match.id"), index=True)
    mentor_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    mentee_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    state: Mapped[PairState] = mapped_column(enum_column(PairState))
    locked: Mapped[bool] = mapped_column(default=False)
    score: Mapped[int] = mapped_column(default=0)
    terms: Mapped[list[Json]] = mapped_column(default=list)
    bests: Mapped[Json] = mapped_column(default=dict)
    message: Mapped[str] = mapped_column(sa.Text, default="")
    asked_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    starts_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    end_reason: Mapped[EndReason | None] = mapped_column(enum_column(EndReason))
    end_note: Mapped[str] = mapped_column(sa.Text, default="")
    asked: Mapped[list[str]] = mapped_column(default=list)
    created_at: Mapped[datetime]

    programme: Mapped[MentoringProgramme] = relationship()
    match: Mapped[MentoringMatch | None] = relationship()
    mentor: Mapped[Person] = relationship(foreign_keys=[mentor_id])
    mentee: Mapped[Person] = relationship(foreign_keys=[mentee_id])
    asked_by: Mapped[Account | None] = relationship()
    goals: Mapped[list[PairGoal]] = relationship(
        back_populates="pair",
        order_by="PairGoal.id",
        cascade="save-update, merge, delete-orphan, delete",
    )

    @property
    def is_live(self) -> bool:
        """Whether the two are still on the way."""
        return self.state in LIVE

    @property
    def both(self) -> tuple[int, int]:
        """The person ids of the two."""
        return self.mentor_id, self.mentee_id

    def other_of(self, person_id: int) -> Person:
        """Whom one of the two meets."""
        return self.mentee if person_id == self.mentor_id else self.mentor


class PairGoal(Model):
    """A competency the two work on, and the level the mentee wants to reach."""

    __tablename__ = "mentoring_pair_goal"
    __table_args__ = (
        sa.UniqueConstraint("pair_id", "competency_id"),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name="level"),
    )

    id: Mapped[Id]
    pair_id: Mapped[int] = mapped_column(sa.ForeignKey("mentoring_pair.id"))
    competency_id: Mapped[int] = mapped_column(sa.ForeignKey("competency.id"))
    level: Mapped[int]

    pair: Mapped[MentoringPair] = relationship(back_populates="goals")
    competency: Mapped[Competency] = relationship()


class MentoringFeedback(Model):
    """What one of the two answers, by the key of the question; read alone only by its author."""

    __tablename__ = "mentoring_feedback"
    __table_args__ = (sa.UniqueConstraint("pair_id", "person_id", "part"),)
    __private__ = frozenset({"answers"})

    id: Mapped[Id]
    pair_id: Mapped[int] = mapped_column(sa.ForeignKey("mentoring_pair.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    part: Mapped[FeedbackPart] = mapped_column(enum_column(FeedbackPart))
    answers: Mapped[Json]
    sent_at: Mapped[datetime]

    pair: Mapped[MentoringPair] = relationship()
