"""Programmes of mentoring, who takes part in them, and the runs of matching."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.competencies.models import Competency
from portal.core.db import Id, Json, Model, Versioned, Words, enum_column
from portal.mentoring.states import (
    FeedbackPart,
    MatchMode,
    ProgrammeKind,
    ProgrammeState,
    Side,
    SignUp,
    WishKind,
)
from portal.people.models import Person, Role


class MentoringProgramme(Versioned, Model):
    """A round of mentoring with a match, or an offer all year; both with dates and questions.

    ``weights`` maps each kind of term to its points; ``questions`` are asked half-way (after
    ``mid_on``) and at the end, each with ``key``, ``part``, ``kind`` and ``text``.
    """

    __tablename__ = "mentoring_programme"
    __table_args__ = (
        sa.CheckConstraint("starts_on <= ends_on", name="ordered"),
        sa.CheckConstraint("sessions_asked BETWEEN 1 AND 60", name="sessions"),
    )

    id: Mapped[Id]
    title: Mapped[Words]
    summary: Mapped[Words]
    kind: Mapped[ProgrammeKind] = mapped_column(enum_column(ProgrammeKind))
    state: Mapped[ProgrammeState] = mapped_column(
        enum_column(ProgrammeState), default=ProgrammeState.DRAFT
    )
    mode: Mapped[MatchMode] = mapped_column(enum_column(MatchMode), default=MatchMode.TOTAL)
    weights: Mapped[Json]
    questions: Mapped[list[Json]]
    sessions_asked: Mapped[int]
    join_until: Mapped[date | None]
    starts_on: Mapped[date]
    mid_on: Mapped[date | None]
    ends_on: Mapped[date]
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))

    @property
    def is_round(self) -> bool:
        """Whether HR matches everybody at once."""
        return self.kind is ProgrammeKind.ROUND

    def open_on(self, day: date) -> bool:
        """Whether people can sign up on a day."""
        in_time = self.join_until is None or day <= self.join_until
        return self.is_round and self.state is ProgrammeState.OPEN and in_time

    def standing_on(self, day: date) -> ProgrammeState | SignUp:
        """The state as people read it: open is over once the last day to sign up has passed."""
        late = self.state is ProgrammeState.OPEN and not self.open_on(day)
        return SignUp.OVER if late else self.state

    def questions_of(self, part: FeedbackPart) -> list[Json]:
        """What is asked half-way or at the end."""
        return [one for one in self.questions if one["part"] == str(part)]


class MentoringEntry(Versioned, Model):
    """That somebody takes part in a round as mentor or mentee.

    A mentor's entry says how many mentees they take this time, all else is in their profile. A
    mentee's has goals, and the role on whose path they lie.
    """

    __tablename__ = "mentoring_entry"
    __table_args__ = (
        sa.UniqueConstraint("programme_id", "person_id", "side"),
        sa.CheckConstraint("(side = 'mentor') = (seats IS NOT NULL)", name="seats"),
    )
    __private__ = frozenset({"hopes"})

    id: Mapped[Id]
    programme_id: Mapped[int] = mapped_column(sa.ForeignKey("mentoring_programme.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    side: Mapped[Side] = mapped_column(enum_column(Side))
    seats: Mapped[int | None]
    languages: Mapped[list[str]] = mapped_column(default=list)
    shifts: Mapped[list[str]] = mapped_column(default=list)
    hopes: Mapped[str] = mapped_column(sa.Text, default="")
    role_id: Mapped[int | None] = mapped_column(sa.ForeignKey("role.id"))
    joined_at: Mapped[datetime]
    left_at: Mapped[datetime | None]

    programme: Mapped[MentoringProgramme] = relationship()
    person: Mapped[Person] = relationship()
    role: Mapped[Role | None] = relationship()
    goals: Mapped[list[MentoringGoal]] = relationship(
        back_populates="entry",
        order_by="MentoringGoal.id",
        cascade="save-update, merge, delete-orphan, delete",
    )


class MentoringGoal(Model):
    """A competency a mentee wants to reach a level of, for themself or on their path."""

    __tablename__ = "mentoring_goal"
    __table_args__ = (
        sa.UniqueConstraint("entry_id", "competency_id"),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name="level"),
    )

    id: Mapped[Id]
    entry_id: Mapped[int] = mapped_column(sa.ForeignKey("mentoring_entry.id"))
    competency_id: Mapped[int] = mapped_column(sa.ForeignKey("competency.id"))
    level: Mapped[int]

    entry: Mapped[MentoringEntry] = relationship(back_populates="goals")
    competency: Mapped[Competency] = relationship()


class MentoringWish(Model):
    """With whom somebody would like to be matched, or not; read by them and HR alone."""

    __tablename__ = "mentoring_wish"
    __table_args__ = (sa.UniqueConstraint("programme_id", "person_id", "other_id"),)

    id: Mapped[Id]
    programme_id: Mapped[int] = mapped_column(sa.ForeignKey("mentoring_programme.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    other_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    kind: Mapped[WishKind] = mapped_column(enum_column(WishKind))

    other: Mapped[Person] = relationship(foreign_keys=[other_id])


class MentoringMatch(Model):
    """One run of the matching of a round: how it was asked, and who stayed alone.

    ``total`` counts hundredths of points. ``unmatched`` lists ``person_id``, ``side``, ``reason``,
    and with ``FULL`` the best fit there would have been.
    """

    __tablename__ = "mentoring_match"

    id: Mapped[Id]
    programme_id: Mapped[int] = mapped_column(sa.ForeignKey("mentoring_programme.id"), index=True)
    mode: Mapped[MatchMode] = mapped_column(enum_column(MatchMode))
    weights: Mapped[Json]
    total: Mapped[int] = mapped_column(sa.BigInteger)
    unmatched: Mapped[list[Json]]
    ran_at: Mapped[datetime]
    ran_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    published_at: Mapped[datetime | None]

    programme: Mapped[MentoringProgramme] = relationship()
