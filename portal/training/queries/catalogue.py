"""The courses on offer and what they ask for."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from portal.training.models import Completion, Course, CoursePrerequisite, CreditCategory
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
