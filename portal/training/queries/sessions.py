"""Sessions with how many seats are taken and how many people wait."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from portal.core import clock
from portal.training.models import CourseSession, Enrolment
from portal.training.states import EnrolmentState, SessionState


def _number(*states: EnrolmentState) -> sa.ScalarSelect[int]:
    return (
        sa.select(sa.func.count(Enrolment.id))
        .where(Enrolment.session_id == CourseSession.id, Enrolment.state.in_(states))
        .correlate(CourseSession)
        .scalar_subquery()
    )


def _counted() -> sa.Select[*tuple[Any, ...]]:
    """Rows of a session, ``taken`` seats and people ``waiting``."""
    no_seat = {EnrolmentState.WAITING, EnrolmentState.CANCELLED}
    seats = [state for state in EnrolmentState if state not in no_seat]
    return sa.select(
        CourseSession,
        _number(*seats).label("taken"),
        _number(EnrolmentState.WAITING).label("waiting"),
    ).options(joinedload(CourseSession.trainer), joinedload(CourseSession.site))


def coming_sessions(course_id: int) -> sa.Select[*tuple[Any, ...]]:
    """The sessions of a course people can still take a seat in, the next first."""
    return (
        _counted()
        .where(
            CourseSession.course_id == course_id,
            CourseSession.state == SessionState.PLANNED,
            CourseSession.starts_at > clock.now(),
        )
        .order_by(CourseSession.starts_at, CourseSession.id)
    )


def next_sessions(course_ids: Collection[int]) -> sa.Select[*tuple[Any, ...]]:
    """When the next session of each course begins: course id and moment."""
    return (
        sa.select(CourseSession.course_id, sa.func.min(CourseSession.starts_at))
        .where(
            CourseSession.course_id.in_(course_ids),
            CourseSession.state == SessionState.PLANNED,
            CourseSession.starts_at > clock.now(),
        )
        .group_by(CourseSession.course_id)
    )


def sessions_listed(trainer_id: int | None) -> sa.Select[*tuple[Any, ...]]:
    """The sessions a colleague teaches, or all."""
    rows = _counted().options(joinedload(CourseSession.course, innerjoin=True))
    return rows if trainer_id is None else rows.where(CourseSession.trainer_id == trainer_id)
