"""Seats of a session: who takes one, who waits, who moves up when one becomes free."""

from __future__ import annotations

from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit, clock
from portal.core.db import db
from portal.core.errors import Refused
from portal.training import notices, queries
from portal.training.models import CourseSession, Enrolment
from portal.training.states import EnrolmentState, SessionState, TrainingFact


def lock(*sessions: CourseSession | None) -> None:
    """Keep the seats of sessions to oneself until the transaction ends.

    Always in the same order, so that two people who change between sessions do not block each
    other for ever.
    """
    rows = {session.id: session for session in sessions if session is not None}
    for _id, session in sorted(rows.items()):
        db.session.refresh(
            session, ["state", "seats", "starts_at", "sequence", "version"], with_for_update=True
        )


def free_seats(session: CourseSession) -> int:
    """How many seats nobody has; below zero after seats were taken away by hand."""
    return session.seats - (db.session.scalar(queries.seats_taken(session.id)) or 0)


def is_coming(session: CourseSession) -> bool:
    """Whether it is planned and has not begun."""
    return session.state is SessionState.PLANNED and session.starts_at > clock.now()


def take(enrolment: Enrolment, session: CourseSession) -> None:
    """Give the enrolment a seat, or a place on the waiting list of a full session.

    The session must be locked. Who has a seat elsewhere keeps it rather than wait here.

    Raises:
        Refused: if this session is full and the person has a seat in another one to come.
    """
    free = free_seats(session) > 0
    if enrolment.session is not None:
        has_seat = enrolment.state is EnrolmentState.ENROLLED and is_coming(enrolment.session)
        if has_seat and not free:
            raise Refused(_("This session is full, so the seat in the other one is kept."))
        give_up(enrolment)
    enrolment.session = session
    enrolment.state = EnrolmentState.ENROLLED if free else EnrolmentState.WAITING


def give_up(enrolment: Enrolment) -> None:
    """Take the enrolment out of a session that is still to come; the next in line moves up."""
    session = enrolment.session
    if session is None or not is_coming(session):
        return
    lock(session)
    enrolment.session = None
    enrolment.state = EnrolmentState.ENROLLED
    move_up(session, by=None)


def move_up(session: CourseSession, *, by: Account | None) -> None:
    """Give free seats of a locked session to those who wait, in the order they came."""
    if not is_coming(session):
        return
    db.session.flush()
    free = free_seats(session)
    if free <= 0:
        return
    for enrolment in db.session.scalars(queries.waiting_for(session.id).limit(free)).all():
        enrolment.state = EnrolmentState.ENROLLED
        audit.record(TrainingFact.MOVED_UP, enrolment, by=by)
        notices.moved_up(enrolment)
