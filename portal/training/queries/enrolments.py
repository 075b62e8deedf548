"""Who is enrolled in what, who has a seat and who waits for one."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from portal.training.models import Enrolment
from portal.training.states import LIVE, EnrolmentState


def live_enrolments_of(person_id: int) -> sa.Select[Enrolment]:
    """What is still to come for a person, what is due first in front."""
    return (
        sa.select(Enrolment)
        .where(Enrolment.person_id == person_id, Enrolment.state.in_(LIVE))
        .options(
            joinedload(Enrolment.course, innerjoin=True),
            joinedload(Enrolment.session),
            joinedload(Enrolment.programme),
        )
        .order_by(Enrolment.due_on.is_(None), Enrolment.due_on, Enrolment.id)
    )


def live_enrolment(person_id: int, course_id: int) -> sa.Select[Enrolment]:
    """The one enrolment of a person in a course in which something is still to come."""
    return (
        sa.select(Enrolment)
        .where(
            Enrolment.person_id == person_id,
            Enrolment.course_id == course_id,
            Enrolment.state.in_(LIVE),
        )
        .execution_options(populate_existing=True)
    )


def latest_enrolment(person_id: int, course_id: int) -> sa.Select[Enrolment]:
    """The newest enrolment of a person in a course, whatever became of it."""
    return (
        sa.select(Enrolment)
        .where(Enrolment.person_id == person_id, Enrolment.course_id == course_id)
        .order_by(Enrolment.id.desc())
        .limit(1)
    )


def seats_taken(session_id: int) -> sa.Select[int]:
    """How many seats of a session are taken; those on the waiting list have none."""
    return sa.select(sa.func.count(Enrolment.id)).where(
        Enrolment.session_id == session_id,
        Enrolment.state.not_in([EnrolmentState.WAITING, EnrolmentState.CANCELLED]),
    )


def waiting_for(session_id: int) -> sa.Select[Enrolment]:
    """The waiting list of a session, first come first."""
    return (
        sa.select(Enrolment)
        .where(Enrolment.session_id == session_id, Enrolment.state == EnrolmentState.WAITING)
        .order_by(Enrolment.id)
    )
