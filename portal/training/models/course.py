"""The catalogue: courses, what they count towards, programmes, and rules that enrol people."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.competencies.models import Competency
from portal.core.db import Id, Model, Versioned, Words, enum_column
from portal.people.models import Role, Site, Team
from portal.training.states import CourseKind, CourseState


class CreditCategory(Model):
    """A kind of continuing-education hour, such as ethics; ``key`` names it in rules."""

    __tablename__ = "credit_category"

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(sa.String(60), unique=True)
    name: Mapped[Words]


class Course(Versioned, Model):
    """Something people learn in ``minutes``; ``pass_mark`` is in percent, ``None`` without a test.

    ``most_attempts`` limits how often the test may be taken; ``None`` is no limit.
    """

    __tablename__ = "course"
    __table_args__ = (
        sa.CheckConstraint("pass_mark BETWEEN 1 AND 100", name="pass_mark"),
        sa.CheckConstraint("most_attempts > 0", name="most_attempts"),
        sa.CheckConstraint("minutes > 0", name="minutes"),
    )

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(sa.String(60), unique=True)
    title: Mapped[Words]
    summary: Mapped[Words]
    outcome: Mapped[Words] = mapped_column(default=dict)
    kind: Mapped[CourseKind] = mapped_column(enum_column(CourseKind))
    state: Mapped[CourseState] = mapped_column(
        enum_column(CourseState), default=CourseState.OFFERED
    )
    minutes: Mapped[int]
    pass_mark: Mapped[int | None]
    most_attempts: Mapped[int | None]
    address: Mapped[str] = mapped_column(sa.String(500), default="")
    self_enrol: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]

    competencies: Mapped[list[CourseCompetency]] = relationship(
        back_populates="course", cascade="all, delete-orphan", order_by="CourseCompetency.id"
    )
    credits: Mapped[list[CourseCredit]] = relationship(
        cascade="all, delete-orphan", order_by="CourseCredit.id"
    )
    prerequisites: Mapped[list[CoursePrerequisite]] = relationship(
        foreign_keys="CoursePrerequisite.course_id",
        cascade="all, delete-orphan",
        order_by="CoursePrerequisite.id",
    )


class CourseCompetency(Model):
    """The level (1–5) of a competency that completing a course is evidence of."""

    __tablename__ = "course_competency"
    __table_args__ = (
        sa.UniqueConstraint("course_id", "competency_id"),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name="level"),
    )

    id: Mapped[Id]
    course_id: Mapped[int] = mapped_column(sa.ForeignKey("course.id"))
    competency_id: Mapped[int] = mapped_column(sa.ForeignKey("competency.id"), index=True)
    level: Mapped[int]

    course: Mapped[Course] = relationship(back_populates="competencies")
    competency: Mapped[Competency] = relationship()


class CourseCredit(Model):
    """The minutes of a category that completing a course is worth."""

    __tablename__ = "course_credit"
    __table_args__ = (
        sa.UniqueConstraint("course_id", "category_id"),
        sa.CheckConstraint("minutes > 0", name="minutes"),
    )

    id: Mapped[Id]
    course_id: Mapped[int] = mapped_column(sa.ForeignKey("course.id"))
    category_id: Mapped[int] = mapped_column(sa.ForeignKey("credit_category.id"))
    minutes: Mapped[int]

    category: Mapped[CreditCategory] = relationship()


class CoursePrerequisite(Model):
    """A course that must be completed before another is begun."""

    __tablename__ = "course_prerequisite"
    __table_args__ = (
        sa.UniqueConstraint("course_id", "required_id"),
        sa.CheckConstraint("course_id <> required_id", name="other"),
    )

    id: Mapped[Id]
    course_id: Mapped[int] = mapped_column(sa.ForeignKey("course.id"))
    required_id: Mapped[int] = mapped_column(sa.ForeignKey("course.id"), index=True)

    required: Mapped[Course] = relationship(foreign_keys=[required_id])


class Programme(Versioned, Model):
    """Courses that belong together; if ``in_order``, each opens when the one before is complete."""

    __tablename__ = "programme"

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(sa.String(60), unique=True)
    title: Mapped[Words]
    summary: Mapped[Words]
    in_order: Mapped[bool] = mapped_column(default=True)
    state: Mapped[CourseState] = mapped_column(
        enum_column(CourseState), default=CourseState.OFFERED
    )
    created_at: Mapped[datetime]

    courses: Mapped[list[ProgrammeCourse]] = relationship(
        back_populates="programme",
        cascade="all, delete-orphan",
        order_by="ProgrammeCourse.order, ProgrammeCourse.id",
    )


class ProgrammeCourse(Model):
    """A course of a programme and its place; an optional one is not needed to complete it."""

    __tablename__ = "programme_course"
    __table_args__ = (sa.UniqueConstraint("programme_id", "course_id"),)

    id: Mapped[Id]
    programme_id: Mapped[int] = mapped_column(sa.ForeignKey("programme.id"))
    course_id: Mapped[int] = mapped_column(sa.ForeignKey("course.id"), index=True)
    order: Mapped[int]
    optional: Mapped[bool] = mapped_column(default=False)

    programme: Mapped[Programme] = relationship(back_populates="courses")
    course: Mapped[Course] = relationship()


class EnrolmentRule(Model):
    """Enrols whoever holds a role, in a team and below it, at a site, in a course or programme.

    An empty condition asks nothing. ``due_days`` are calendar days from the day somebody first fits
    the rule, or from its beginning for those who fitted it already.
    """

    __tablename__ = "enrolment_rule"
    __table_args__ = (
        sa.CheckConstraint("(course_id IS NULL) <> (programme_id IS NULL)", name="one_target"),
        sa.CheckConstraint("due_days >= 0", name="due_days"),
    )

    id: Mapped[Id]
    course_id: Mapped[int | None] = mapped_column(sa.ForeignKey("course.id"), index=True)
    programme_id: Mapped[int | None] = mapped_column(sa.ForeignKey("programme.id"), index=True)
    role_id: Mapped[int | None] = mapped_column(sa.ForeignKey("role.id"))
    team_id: Mapped[int | None] = mapped_column(sa.ForeignKey("team.id"))
    site_id: Mapped[int | None] = mapped_column(sa.ForeignKey("site.id"))
    due_days: Mapped[int]
    starts_on: Mapped[date]
    ended_at: Mapped[datetime | None]

    course: Mapped[Course | None] = relationship()
    programme: Mapped[Programme | None] = relationship()
    role: Mapped[Role | None] = relationship()
    team: Mapped[Team | None] = relationship()
    site: Mapped[Site | None] = relationship()
