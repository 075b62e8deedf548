"""Sessions of a pair: when, what about, what was said, and what was agreed."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.db import Id, Model, Versioned, enum_column
from portal.mentoring.models.pair import MentoringPair
from portal.mentoring.states import MeetingState
from portal.people.models import Person


class MentoringSession(Versioned, Model):
    """A meeting of the two; ``agenda`` and ``notes`` belong to them alone.

    ``uid`` names it in calendars, ``sequence`` counts the changes they were told of.
    """

    __tablename__ = "mentoring_session"
    __table_args__ = (
        sa.CheckConstraint("minutes BETWEEN 15 AND 480", name="minutes"),
        sa.Index("ix_mentoring_session_pair_id", "pair_id", "starts_at"),
    )
    __private__ = frozenset({"agenda", "notes", "place"})

    id: Mapped[Id]
    pair_id: Mapped[int] = mapped_column(sa.ForeignKey("mentoring_pair.id"))
    starts_at: Mapped[datetime]
    minutes: Mapped[int]
    time_zone: Mapped[str] = mapped_column(sa.String(60))
    place: Mapped[str]
    state: Mapped[MeetingState] = mapped_column(
        enum_column(MeetingState), default=MeetingState.PLANNED
    )
    agenda: Mapped[str] = mapped_column(sa.Text, default="")
    notes: Mapped[str] = mapped_column(sa.Text, default="")
    uid: Mapped[str] = mapped_column(sa.String(80), unique=True)
    sequence: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]

    pair: Mapped[MentoringPair] = relationship()
    actions: Mapped[list[MentoringAction]] = relationship(
        back_populates="session", order_by="MentoringAction.id"
    )

    @property
    def ends_at(self) -> datetime:
        """When it is over."""
        return self.starts_at + timedelta(minutes=self.minutes)


class MentoringAction(Model):
    """Something one of the two does until a day."""

    __tablename__ = "mentoring_action"
    __private__ = frozenset({"title"})

    id: Mapped[Id]
    session_id: Mapped[int] = mapped_column(sa.ForeignKey("mentoring_session.id"), index=True)
    owner_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    title: Mapped[str]
    due_on: Mapped[date | None]
    done_at: Mapped[datetime | None]

    session: Mapped[MentoringSession] = relationship(back_populates="actions")
    owner: Mapped[Person] = relationship()
