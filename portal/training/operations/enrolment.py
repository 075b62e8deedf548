"""Enrol a person in a course or one of its sessions, and take them out again."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from portal.accounts.models import Account
from portal.core import audit, clock
from portal.core.db import Words, db
from portal.core.errors import Refused
from portal.core.i18n import words
from portal.core.states import require_move
from portal.people.models import Person
from portal.training import notices, queries
from portal.training.models import Course, CourseSession, Enrolment, EnrolmentRule, Programme
from portal.training.operations import seats
from portal.training.states import (
    MOVES,
    CourseState,
    EnrolmentState,
    Origin,
    SessionState,
    TrainingFact,
)


def enrol(
    person: Person,
    course: Course,
    *,
    session: CourseSession | None = None,
    origin: Origin,
    reason: Words | None = None,
    due_on: date | None = None,
    programme: Programme | None = None,
    rule: EnrolmentRule | None = None,
    by: Account | None,
) -> Enrolment:
    """Enrol a person; somebody who is enrolled stays so, and the earlier due day counts.

    With a session the enrolment gets a seat there, or waits for one.

    Raises:
        Refused: if the course is not on offer, courses that come before it are missing, its tries
            are used up, or the session is over or of another course.
    """
    live = db.session.scalar(queries.live_enrolment(person.id, course.id))
    seats.lock(session, live.session if live else None)
    if session is not None:
        _require_session(session, course, origin)
        # Who waited may have moved up before the seats were ours.
        live = db.session.scalar(queries.live_enrolment(person.id, course.id))
    if live is None:
        _require_offered(course, origin)
        _require_prerequisites(person, course)
        _require_tries_left(person, course, origin)
        fresh = Enrolment(
            person=person,
            course=course,
            programme=programme,
            rule_id=rule.id if rule else None,
            origin=origin,
            reason=reason or {},
            due_on=due_on,
            state=EnrolmentState.ENROLLED,
            created_at=clock.now(),
        )
        live = _insert(fresh)
        if live is fresh:
            return _begin(live, session, by=by)
    _hasten(live, due_on)
    if session is not None and live.session_id != session.id:
        _change_session(live, session, by=by)
    return live


def _begin(enrolment: Enrolment, session: CourseSession | None, *, by: Account | None) -> Enrolment:
    if session is not None:
        seats.take(enrolment, session)
    audit.record(TrainingFact.ENROLLED, enrolment, by=by)
    notices.enrolled(enrolment, by=by)
    return enrolment


def _hasten(enrolment: Enrolment, due_on: date | None) -> None:
    if due_on is not None and (enrolment.due_on is None or due_on < enrolment.due_on):
        enrolment.due_on = due_on


def _change_session(enrolment: Enrolment, session: CourseSession, *, by: Account | None) -> None:
    before = enrolment.session
    had_seat = enrolment.state is EnrolmentState.ENROLLED
    seats.take(enrolment, session)
    audit.record(TrainingFact.ENROLLED, enrolment, by=by)
    if before is not None and had_seat and seats.is_coming(before):
        notices.seat_given_up(enrolment, before)
    notices.enrolled(enrolment, by=by)


def _insert(enrolment: Enrolment) -> Enrolment:
    """Write the row; of two enrolments at once the first is the one."""
    key = (enrolment.person.id, enrolment.course.id)
    try:
        with db.session.begin_nested():
            db.session.add(enrolment)
    except IntegrityError:
        known = db.session.scalar(queries.live_enrolment(*key))
        if known is None:
            raise
        return known
    return enrolment


def _require_offered(course: Course, origin: Origin) -> None:
    if course.state is not CourseState.OFFERED:
        raise Refused(_("“%(course)s” is not on offer.", course=words(course.title)))
    if origin is Origin.SELF and not course.self_enrol:
        raise Refused(_("Your manager or HR enrols people in this course. Ask them."))


def _require_session(session: CourseSession, course: Course, origin: Origin) -> None:
    if session.course_id != course.id:
        raise Refused(_("This session belongs to another course."), "session")
    if session.state is not SessionState.PLANNED:
        raise Refused(_("This session is over or was cancelled."), "session")
    if origin is Origin.SELF and not seats.is_coming(session):
        raise Refused(_("This session has begun. Choose another one."), "session")


def _require_prerequisites(person: Person, course: Course) -> None:
    missing = db.session.scalars(queries.missing_prerequisites(person.id, course.id)).all()
    if missing:
        titles = ", ".join(f"“{words(one.title)}”" for one in missing)
        raise Refused(_("First these must be completed: %(courses)s.", courses=titles))


def _require_tries_left(person: Person, course: Course, origin: Origin) -> None:
    """Who has used up all tries begins anew only if somebody else decides so."""
    latest = db.session.scalar(queries.latest_enrolment(person.id, course.id))
    if latest is None or latest.state is not EnrolmentState.FAILED:
        return
    if origin in {Origin.SELF, Origin.RULE}:
        raise Refused(_("All tries at this course are used up. The manager can enrol you again."))


def leave_session(enrolment: Enrolment, *, by: Account | None) -> None:
    """Give up the seat or the place in line, and stay enrolled in the course.

    Raises:
        Refused: if there is no session, or it has begun.
    """
    session = _require_coming(enrolment)
    had_seat = enrolment.state is EnrolmentState.ENROLLED
    seats.give_up(enrolment)
    audit.record(TrainingFact.SESSION_LEFT, enrolment, by=by, session=session.id)
    if had_seat:
        notices.seat_given_up(enrolment, session)


def _require_coming(enrolment: Enrolment) -> CourseSession:
    session = enrolment.session
    seats.lock(session)
    db.session.refresh(enrolment, ["state", "session_id", "version"])
    if session is None or enrolment.session_id != session.id or not seats.is_coming(session):
        raise Refused(_("This session has begun or is over."))
    return session


def cancel_enrolment(enrolment: Enrolment, *, by: Account | None) -> None:
    """Take a person out of a course; the seat goes to whoever is first in line.

    Raises:
        Refused: if it is completed, failed or cancelled already.
    """
    session = enrolment.session
    seats.lock(session)
    db.session.refresh(enrolment, ["state", "version"])
    require_move(MOVES, enrolment.state, EnrolmentState.CANCELLED)
    had_seat = enrolment.state is EnrolmentState.ENROLLED
    enrolment.state = EnrolmentState.CANCELLED
    enrolment.closed_at = clock.now()
    audit.record(TrainingFact.ENROLMENT_CANCELLED, enrolment, by=by)
    notices.enrolment_cancelled(enrolment, by=by)
    if session is not None and seats.is_coming(session):
        if had_seat:
            notices.seat_given_up(enrolment, session)
        seats.move_up(session, by=by)
