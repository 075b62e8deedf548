"""The courses on offer and what they ask for."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from portal.competencies.models import Competency
from portal.competencies.queries import library
from portal.core import search
from portal.training.models import (
    Completion,
    Course,
    CourseCompetency,
    CourseCredit,
    CoursePrerequisite,
    CreditCategory,
)
from portal.training.states import CourseState


def catalogue() -> sa.Select[Course]:
    """The courses people can enrol in, in the order of their keys."""
    return sa.select(Course).where(Course.state == CourseState.OFFERED).order_by(Course.key)


def missing_prerequisites(person_id: int, course_id: int) -> sa.Select[Course]:
    """The courses that must come before this one and that the person has not completed."""
    required = aliased(Course)
    done = sa.exists().where(
        Completion.person_id == person_id, Completion.course_id == CoursePrerequisite.required_id
    )
    return (
        sa.select(required)
        .join(CoursePrerequisite, CoursePrerequisite.required_id == required.id)
        .where(CoursePrerequisite.course_id == course_id, ~done)
        .order_by(CoursePrerequisite.id)
    )


def course_with_key(key: str) -> sa.Select[Course]:
    """The course of this key."""
    return sa.select(Course).where(Course.key == key)


def category_with_key(key: str) -> sa.Select[CreditCategory]:
    """The category of this key."""
    return sa.select(CreditCategory).where(CreditCategory.key == key)


def categories() -> sa.Select[CreditCategory]:
    """All categories of hours, in the order they were added."""
    return sa.select(CreditCategory).order_by(CreditCategory.id)


def prerequisite_pairs() -> sa.Select[*tuple[Any, ...]]:
    """Every prerequisite: the course, and the one that comes before it."""
    return sa.select(CoursePrerequisite.course_id, CoursePrerequisite.required_id).order_by(
        CoursePrerequisite.id
    )


def every_course_locked() -> sa.Select[int]:
    """The ids of all courses, which nobody else changes until the transaction ends."""
    return sa.select(Course.id).order_by(Course.id).with_for_update(key_share=True)


def courses_listed() -> sa.Select[*tuple[Any, ...]]:
    """Courses as list rows, whatever their state."""
    return sa.select(
        Course.id, Course.key, Course.title, Course.summary, Course.kind, Course.minutes,
        Course.state,
    )  # fmt: skip


def found_by(text: str) -> sa.ColumnElement[bool]:
    """Courses in whose title or summary each word begins some word, in any language."""
    return Course.id.in_(search.matches("course", text))


def teaching(competency_id: int) -> sa.ColumnElement[bool]:
    """Courses that teach a competency."""
    return sa.exists().where(
        CourseCompetency.course_id == Course.id, CourseCompetency.competency_id == competency_id
    )


def worth_hours_in(category_id: int) -> sa.ColumnElement[bool]:
    """Courses that give hours of a category."""
    return sa.exists().where(
        CourseCredit.course_id == Course.id, CourseCredit.category_id == category_id
    )


def competencies_taught() -> sa.Select[Competency]:
    """The competencies some course teaches, with their names."""
    taught = sa.exists().where(CourseCompetency.competency_id == Competency.id)
    return library().where(taught)


def course_with_all() -> tuple[ORMOption, ...]:
    """What a course's page shows is loaded with it."""
    return (
        selectinload(Course.competencies)
        .joinedload(CourseCompetency.competency, innerjoin=True)
        .joinedload(Competency.current),
        selectinload(Course.credits).joinedload(CourseCredit.category, innerjoin=True),
        selectinload(Course.prerequisites).joinedload(CoursePrerequisite.required, innerjoin=True),
    )


def other_courses(course_id: int | None) -> sa.Select[Course]:
    """What can come before a course: every other one that is not retired."""
    found = sa.select(Course).where(Course.state != CourseState.RETIRED).order_by(Course.key)
    return found if course_id is None else found.where(Course.id != course_id)


def every_course() -> sa.Select[Course]:
    """All courses whatever their state, with what completing them gives."""
    return sa.select(Course).options(*course_with_all()).order_by(Course.id)
