"""Sessions, who is enrolled, the attempts they made, what they completed and the hours it gave."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Account
from portal.core.db import Id, Model, Versioned, Words, enum_column
from portal.core.files import StoredFile
from portal.people.models import Person, Site
from portal.training.models.course import Course, CreditCategory, Programme
from portal.training.states import CreditState, EnrolmentState, Origin, SessionState


class CourseSession(Versioned, Model):
    """A course held at one time and place; ``uid`` and ``sequence`` are iCalendar's.

    The trainer is a colleague, or the name of somebody from outside.
    """

    __tablename__ = "course_session"
    __table_args__ = (
        sa.CheckConstraint("ends_at > starts_at", name="ordered"),
        sa.CheckConstraint("seats > 0", name="seats"),
        sa.Index("ix_course_session_course", "course_id", "starts_at"),
    )

    id: Mapped[Id]
    course_id: Mapped[int] = mapped_column(sa.ForeignKey("course.id"))
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime]
    time_zone: Mapped[str] = mapped_column(sa.String(60))
    place: Mapped[str]
    site_id: Mapped[int | None] = mapped_column(sa.ForeignKey("site.id"))
    trainer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    trainer_name: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(sa.String(5), default="en")
    seats: Mapped[int]
    state: Mapped[SessionState] = mapped_column(
        enum_column(SessionState), default=SessionState.PLANNED
    )
    uid: Mapped[str] = mapped_column(unique=True)
    sequence: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]

    course: Mapped[Course] = relationship()
    site: Mapped[Site | None] = relationship()
    trainer: Mapped[Person | None] = relationship()
    enrolments: Mapped[list[Enrolment]] = relationship(
        back_populates="session", order_by="Enrolment.id"
    )


class ProgrammeEnrolment(Versioned, Model):
    """One person's way through a programme; a person is in a programme once at a time.

    ``closed_at`` is set when it is complete, or when somebody took the person out.
    """

    __tablename__ = "programme_enrolment"
    __table_args__ = (
        sa.Index(
            "uq_programme_enrolment_live",
            "person_id",
            "programme_id",
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        ),
        sa.Index("ix_programme_enrolment_programme", "programme_id", "closed_at", "id"),
        sa.Index("ix_programme_enrolment_rule", "rule_id", "person_id"),
        sa.CheckConstraint(
            "completed_on IS NULL OR closed_at IS NOT NULL", name="completed_is_closed"
        ),
    )

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    programme_id: Mapped[int] = mapped_column(sa.ForeignKey("programme.id"))
    rule_id: Mapped[int | None] = mapped_column(sa.ForeignKey("enrolment_rule.id"))
    origin: Mapped[Origin] = mapped_column(enum_column(Origin))
    reason: Mapped[Words] = mapped_column(default=dict)
    due_on: Mapped[date | None]
    completed_on: Mapped[date | None]
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()
    programme: Mapped[Programme] = relationship()

    @property
    def is_live(self) -> bool:
        """Whether something of it is still to come."""
        return self.closed_at is None


class Enrolment(Versioned, Model):
    """One person's way through one course; a person has one live enrolment in a course.

    ``reason`` says in words why, where it is not the person's own wish.
    """

    __tablename__ = "enrolment"
    __table_args__ = (
        sa.Index(
            "uq_enrolment_live",
            "person_id",
            "course_id",
            unique=True,
            sqlite_where=sa.text("state IN ('waiting', 'enrolled')"),
            postgresql_where=sa.text("state IN ('waiting', 'enrolled')"),
        ),
        sa.Index("ix_enrolment_course", "course_id", "state", "id"),
        sa.Index("ix_enrolment_session", "session_id", "state", "id"),
        sa.Index("ix_enrolment_due", "state", "due_on"),
        sa.Index("ix_enrolment_rule", "rule_id", "person_id"),
    )

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    course_id: Mapped[int] = mapped_column(sa.ForeignKey("course.id"))
    session_id: Mapped[int | None] = mapped_column(sa.ForeignKey("course_session.id"))
    programme_id: Mapped[int | None] = mapped_column(sa.ForeignKey("programme.id"))
    rule_id: Mapped[int | None] = mapped_column(sa.ForeignKey("enrolment_rule.id"))
    state: Mapped[EnrolmentState] = mapped_column(
        enum_column(EnrolmentState), default=EnrolmentState.ENROLLED
    )
    origin: Mapped[Origin] = mapped_column(enum_column(Origin))
    reason: Mapped[Words] = mapped_column(default=dict)
    due_on: Mapped[date | None]
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()
    course: Mapped[Course] = relationship()
    session: Mapped[CourseSession | None] = relationship(back_populates="enrolments")
    programme: Mapped[Programme | None] = relationship()
    attempts: Mapped[list[Attempt]] = relationship(
        back_populates="enrolment", order_by="Attempt.number"
    )


class Attempt(Model):
    """One try at a course's test: ``score`` in percent."""

    __tablename__ = "attempt"
    __table_args__ = (
        sa.UniqueConstraint("enrolment_id", "number"),
        sa.CheckConstraint("score BETWEEN 0 AND 100", name="score"),
    )

    id: Mapped[Id]
    enrolment_id: Mapped[int] = mapped_column(sa.ForeignKey("enrolment.id"))
    number: Mapped[int]
    taken_on: Mapped[date]
    score: Mapped[int | None]
    passed: Mapped[bool]
    note: Mapped[str] = mapped_column(sa.Text, default="")
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))

    enrolment: Mapped[Enrolment] = relationship(back_populates="attempts")
    recorded_by: Mapped[Account | None] = relationship()


class Completion(Model):
    """That a person completed a course on a day; a row is added and never changed."""

    __tablename__ = "completion"
    __table_args__ = (
        sa.UniqueConstraint("person_id", "course_id", "completed_on"),
        sa.Index("ix_completion_course", "course_id", "completed_on"),
    )

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    course_id: Mapped[int] = mapped_column(sa.ForeignKey("course.id"))
    enrolment_id: Mapped[int | None] = mapped_column(sa.ForeignKey("enrolment.id"), index=True)
    completed_on: Mapped[date]
    score: Mapped[int | None]
    origin: Mapped[Origin] = mapped_column(enum_column(Origin))
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))

    person: Mapped[Person] = relationship()
    course: Mapped[Course] = relationship()


class Credit(Versioned, Model):
    """Minutes of continuing education in one category, earned on a day.

    From a completion they count at once; what a person claims from elsewhere is checked by a second
    person first.
    """

    __tablename__ = "credit"
    __table_args__ = (
        sa.CheckConstraint("minutes > 0", name="minutes"),
        sa.UniqueConstraint("completion_id", "category_id"),
        sa.Index("ix_credit_person", "person_id", "earned_on"),
        sa.Index("ix_credit_state", "state", "id"),
    )

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    category_id: Mapped[int] = mapped_column(sa.ForeignKey("credit_category.id"))
    minutes: Mapped[int]
    earned_on: Mapped[date]
    completion_id: Mapped[int | None] = mapped_column(sa.ForeignKey("completion.id"))
    title: Mapped[str] = mapped_column(default="")
    provider: Mapped[str] = mapped_column(default="")
    file_id: Mapped[int | None] = mapped_column(sa.ForeignKey("stored_file.id"))
    state: Mapped[CreditState] = mapped_column(
        enum_column(CreditState), default=CreditState.COUNTED
    )
    claimed_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    decision_note: Mapped[str] = mapped_column(sa.Text, default="")

    person: Mapped[Person] = relationship()
    category: Mapped[CreditCategory] = relationship()
    completion: Mapped[Completion | None] = relationship()
    file: Mapped[StoredFile | None] = relationship()
    decided_by: Mapped[Account | None] = relationship()
