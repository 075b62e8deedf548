"""The courses on offer and what they ask for."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from portal.training.models import Completion, Course, CoursePrerequisite
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
