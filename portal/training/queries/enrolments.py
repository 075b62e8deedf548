"""Who is enrolled in what, who has a seat and who waits for one."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from portal.accounts.models import Account
from portal.accounts.states import AccountState
from portal.core.mail.models import OutgoingMail
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


def _with_people(select: sa.Select[Enrolment]) -> sa.Select[Enrolment]:
    return select.options(joinedload(Enrolment.person, innerjoin=True)).order_by(Enrolment.id)


def live_in(session_id: int) -> sa.Select[Enrolment]:
    """Who has a seat in a session to come or waits for one, in the order they came."""
    return _with_people(
        sa.select(Enrolment).where(Enrolment.session_id == session_id, Enrolment.state.in_(LIVE))
    )


def participants(session_id: int) -> sa.Select[Enrolment]:
    """Everyone of a session with their tries, whatever became of it, in the order they came."""
    return _with_people(
        sa.select(Enrolment)
        .where(Enrolment.session_id == session_id, Enrolment.state != EnrolmentState.CANCELLED)
        .options(selectinload(Enrolment.attempts))
    )


def due_between(first: date, last: date, stage: str) -> sa.Select[Enrolment]:
    """What is due in these days, both included, and was not reminded of at this stage.

    The keys of the mails tell; who may no longer sign in gets none.
    """
    reminded = sa.exists().where(
        OutgoingMail.key
        == sa.literal("enrolment:")
        + sa.cast(Enrolment.id, sa.String)
        + f":{stage}:"
        + sa.cast(Enrolment.due_on, sa.String)
    )
    closed = sa.exists().where(
        Account.person_id == Enrolment.person_id, Account.state == AccountState.CLOSED
    )
    return (
        sa.select(Enrolment)
        .where(
            Enrolment.state.in_(LIVE),
            Enrolment.due_on.between(first, last),
            ~reminded,
            ~closed,
        )
        .options(joinedload(Enrolment.person), joinedload(Enrolment.course))
        .order_by(Enrolment.id)
    )


def place_in_line(enrolment: Enrolment) -> sa.Select[int]:
    """How many wait for the same session up to and including this one: 1 is the next."""
    return sa.select(sa.func.count(Enrolment.id)).where(
        Enrolment.session_id == enrolment.session_id,
        Enrolment.state == EnrolmentState.WAITING,
        Enrolment.id <= enrolment.id,
    )


def standing_in(person_id: int, course_ids: Collection[int]) -> sa.Select[*tuple[Any, ...]]:
    """Where a person stands in each of these courses: course id, state and the day it is due."""
    return sa.select(Enrolment.course_id, Enrolment.state, Enrolment.due_on).where(
        Enrolment.person_id == person_id,
        Enrolment.course_id.in_(course_ids),
        Enrolment.state.in_(LIVE),
    )


def ended_enrolments_of(person_id: int) -> sa.Select[Enrolment]:
    """What a person did not pass or missed, with its tries, newest first."""
    return (
        sa.select(Enrolment)
        .where(
            Enrolment.person_id == person_id,
            Enrolment.state.in_([EnrolmentState.FAILED, EnrolmentState.ABSENT]),
        )
        .options(
            joinedload(Enrolment.course, innerjoin=True),
            joinedload(Enrolment.session),
            selectinload(Enrolment.attempts),
        )
        .order_by(Enrolment.closed_at.desc(), Enrolment.id.desc())
    )
