"""What there is to do, and what of it somebody has begun."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from portal.careers.actions import Teaching
from portal.core.db import db
from portal.training.models import Course, CourseCompetency, Enrolment, ProgrammeEnrolment
from portal.training.states import LIVE, CourseState


def teachings(competency_ids: Collection[int]) -> list[Teaching]:
    """The courses on offer that teach some of these competencies, the shortest first."""
    row = CourseCompetency
    select = (
        sa.select(row.course_id, row.competency_id, row.level)
        .join(Course, Course.id == row.course_id)
        .where(Course.state == CourseState.OFFERED, row.competency_id.in_(competency_ids))
        .order_by(Course.minutes, Course.id)
    )
    found: dict[int, dict[int, float]] = {}
    for course_id, competency_id, level in db.session.execute(select):
        found.setdefault(course_id, {})[competency_id] = level
    return [Teaching(course_id, levels) for course_id, levels in found.items()]


def live_courses(person_id: int) -> sa.Select[int]:
    """The courses a person is enrolled in."""
    return sa.select(Enrolment.course_id).where(
        Enrolment.person_id == person_id, Enrolment.state.in_(LIVE)
    )


def live_programmes(person_id: int) -> sa.Select[int]:
    """The programmes a person is in."""
    return sa.select(ProgrammeEnrolment.programme_id).where(
        ProgrammeEnrolment.person_id == person_id, ProgrammeEnrolment.closed_at.is_(None)
    )
