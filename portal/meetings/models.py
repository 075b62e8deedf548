"""1:1s of two people: their series and meetings, what they share, and what each keeps private."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.db import Id, Model, Versioned, enum_column
from portal.meetings.states import MeetingState, Rhythm, SeriesKind, SeriesState
from portal.people.models import Person


class MeetingSeries(Versioned, Model):
    """Two people who meet regularly; of a manager and a team member the manager is the host.

    ``last_on`` is the last day on which they meet, once that is known.
    """

    __tablename__ = "meeting_series"
    __private__ = frozenset({"place"})
    __table_args__ = (
        sa.CheckConstraint("host_id <> guest_id", name="two"),
        sa.CheckConstraint("minutes BETWEEN 5 AND 480", name="minutes"),
        sa.CheckConstraint("state <> 'ended' OR last_on IS NOT NULL", name="ended"),
        sa.Index(
            "uq_meeting_series_live",
            "host_id",
            "guest_id",
            unique=True,
            sqlite_where=sa.text("state IN ('asked', 'running')"),
            postgresql_where=sa.text("state IN ('asked', 'running')"),
        ),
    )

    id: Mapped[Id]
    kind: Mapped[SeriesKind] = mapped_column(enum_column(SeriesKind))
    host_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    guest_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    state: Mapped[SeriesState] = mapped_column(enum_column(SeriesState))
    rhythm: Mapped[Rhythm] = mapped_column(enum_column(Rhythm))
    first_at: Mapped[datetime]
    minutes: Mapped[int]
    time_zone: Mapped[str] = mapped_column(sa.String(60))
    place: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    created_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    last_on: Mapped[date | None]

    host: Mapped[Person] = relationship(foreign_keys=[host_id])
    guest: Mapped[Person] = relationship(foreign_keys=[guest_id])

    def is_of(self, person_id: int) -> bool:
        """Whether somebody is one of the two."""
        return person_id in (self.host_id, self.guest_id)

    def other(self, person_id: int) -> Person:
        """With whom one of the two meets."""
        return self.guest if person_id == self.host_id else self.host


class Meeting(Versioned, Model):
    """One meeting of a series; ``sequence`` counts the changes calendars were told of."""

    __tablename__ = "meeting"
    __private__ = frozenset({"place"})
    __table_args__ = (
        sa.Index("ix_meeting_series", "series_id", "starts_at"),
        sa.Index("ix_meeting_state", "state", "starts_at"),
        sa.Index(
            "uq_meeting_planned",
            "series_id",
            unique=True,
            sqlite_where=sa.text("state = 'planned'"),
            postgresql_where=sa.text("state = 'planned'"),
        ),
        sa.CheckConstraint("minutes BETWEEN 5 AND 480", name="minutes"),
    )

    id: Mapped[Id]
    series_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting_series.id"))
    starts_at: Mapped[datetime]
    minutes: Mapped[int]
    place: Mapped[str] = mapped_column(default="")
    state: Mapped[MeetingState] = mapped_column(
        enum_column(MeetingState), default=MeetingState.PLANNED
    )
    uid: Mapped[str] = mapped_column(sa.String(80), unique=True)
    sequence: Mapped[int] = mapped_column(default=0)

    series: Mapped[MeetingSeries] = relationship()
    notes: Mapped[SharedNotes] = relationship(back_populates="meeting")

    @property
    def ends_at(self) -> datetime:
        """The moment it ends."""
        return self.starts_at + timedelta(minutes=self.minutes)


class SharedNotes(Versioned, Model):
    """What both write down in a meeting; a row of its own, so that moving it disturbs nobody."""

    __tablename__ = "meeting_notes"
    __private__ = frozenset({"text"})

    id: Mapped[Id]
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"), unique=True)
    text: Mapped[str] = mapped_column(sa.Text, default="")
    saved_at: Mapped[datetime | None]

    meeting: Mapped[Meeting] = relationship(back_populates="notes")


class PrivateNotes(Versioned, Model):
    """What one of the two writes for themself alone: nobody else ever sees a word of it."""

    __tablename__ = "meeting_private_notes"
    __private__ = frozenset({"text"})
    __table_args__ = (sa.UniqueConstraint("meeting_id", "writer_id"),)

    id: Mapped[Id]
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"))
    writer_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    text: Mapped[str] = mapped_column(sa.Text, default="")
    saved_at: Mapped[datetime]


class AgendaItem(Model):
    """Something to talk about; what was not ticked off comes up again in the next meeting."""

    __tablename__ = "meeting_agenda_item"
    __private__ = frozenset({"text"})
    __table_args__ = (sa.CheckConstraint("(done_at IS NULL) = (done_in_id IS NULL)", name="done"),)

    id: Mapped[Id]
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"), index=True)
    text: Mapped[str] = mapped_column(sa.String(300))
    added_by_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    added_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    done_in_id: Mapped[int | None] = mapped_column(sa.ForeignKey("meeting.id"), index=True)

    meeting: Mapped[Meeting] = relationship(foreign_keys=[meeting_id])
    added_by: Mapped[Person] = relationship()


class MeetingAction(Model):
    """What one of the two will do until a day; it stays on the list until it is done."""

    __tablename__ = "meeting_action"
    __private__ = frozenset({"title"})
    __table_args__ = (
        sa.Index("ix_meeting_action_owner", "owner_id", "due_on"),
        sa.CheckConstraint("(done_at IS NULL) = (done_in_id IS NULL)", name="done"),
    )

    id: Mapped[Id]
    meeting_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting.id"), index=True)
    owner_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    title: Mapped[str] = mapped_column(sa.String(300))
    due_on: Mapped[date]
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    done_in_id: Mapped[int | None] = mapped_column(sa.ForeignKey("meeting.id"), index=True)

    meeting: Mapped[Meeting] = relationship(foreign_keys=[meeting_id])
    owner: Mapped[Person] = relationship()
