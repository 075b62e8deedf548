"""Sessions: planned, changed, cancelled, with the calendars of all who take part."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, fields
from datetime import datetime, timedelta

from flask_babel import gettext as _
from flask_babel import ngettext

from portal.accounts.models import Account
from portal.core import audit, clock
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.i18n import known_time_zone
from portal.people.models import Person, Site
from portal.training import notices, queries
from portal.training.models import Course, CourseSession, Enrolment
from portal.training.operations import seats
from portal.training.states import (
    CourseKind,
    CourseState,
    EnrolmentState,
    SessionState,
    TrainingFact,
)

LONGEST = timedelta(days=31)
FURTHEST = timedelta(days=5 * 366)
MOST_SEATS = 1000


@dataclass(frozen=True)
class Plan:
    """When and where a session is held and by whom: a colleague, or a name from outside."""

    starts_at: datetime
    ends_at: datetime
    time_zone: str
    place: str
    seats: int
    site: Site | None = None
    trainer: Person | None = None
    trainer_name: str = ""
    language: str = "en"


def plan_session(course: Course, plan: Plan, *, by: Account | None) -> CourseSession:
    """Plan a session people can take a seat in.

    Raises:
        Refused: if the course takes no sessions or nobody any more, or the plan cannot be.
    """
    if course.kind is CourseKind.SELF_PACED:
        raise Refused(_("People take this course on their own: it has no sessions."))
    if course.state is CourseState.RETIRED:
        raise Refused(_("This course is retired. Offer it again first."))
    _require_possible(plan)
    session = CourseSession(
        course=course, uid=f"{secrets.token_hex(16)}@portal", created_at=clock.now()
    )
    _apply(session, plan)
    db.session.add(session)
    audit.record(TrainingFact.SESSION_PLANNED, session, by=by)
    if session.trainer is not None:
        notices.teaches(session, session.trainer)
    return session


def change_session(session: CourseSession, plan: Plan, *, by: Account | None) -> None:
    """Move a session or change its seats; calendars follow, and free seats go to who waits.

    Raises:
        Refused: if it has begun or is over, the plan cannot be, or more seats are taken than
            there would be.
    """
    seats.lock(session)
    if not seats.is_coming(session):
        raise Refused(_("This session has begun or is over."))
    _require_possible(plan)
    _require_seats(session, plan.seats)
    before = session.trainer
    moved = any(
        getattr(session, one.name) != getattr(plan, one.name)
        for one in fields(plan)
        if one.name != "seats"
    )
    if before is not None and before != plan.trainer:
        notices.teaches(session, before, gone=True)
    _apply(session, plan)
    session.sequence += int(moved)
    audit.record(TrainingFact.SESSION_CHANGED, session, by=by)
    if moved:
        if session.trainer is not None:
            notices.teaches(session, session.trainer)
        notices.session_changed(session, _taking_part(session))
    seats.move_up(session, by=by)


def cancel_session(session: CourseSession, *, by: Account | None) -> None:
    """Call a session off: its people stay enrolled in the course and are told.

    Raises:
        Refused: if it was held or cancelled already.
    """
    seats.lock(session)
    if session.state is not SessionState.PLANNED:
        raise Refused(_("This session is over or was cancelled."))
    people = _taking_part(session)
    session.state = SessionState.CANCELLED
    session.sequence += 1
    audit.record(TrainingFact.SESSION_CANCELLED, session, by=by)
    if session.trainer is not None:
        notices.teaches(session, session.trainer, gone=True)
    notices.session_cancelled(session, people)
    for enrolment in people:
        enrolment.session = None
        enrolment.state = EnrolmentState.ENROLLED
    db.session.flush()


def _taking_part(session: CourseSession) -> list[Enrolment]:
    return list(db.session.scalars(queries.live_in(session.id)))


def _apply(session: CourseSession, plan: Plan) -> None:
    for one in fields(plan):
        setattr(session, one.name, getattr(plan, one.name))


def _require_possible(plan: Plan) -> None:
    now = clock.now()
    if plan.starts_at <= now:
        raise Refused(_("Choose a time that lies ahead."), "starts_at")
    if plan.starts_at > now + FURTHEST:
        raise Refused(_("Choose a time within the next five years."), "starts_at")
    if plan.ends_at <= plan.starts_at:
        raise Refused(_("The session must end after it begins."), "ends_at")
    if plan.ends_at - plan.starts_at > LONGEST:
        raise Refused(_("A session lasts a month at most. Plan several."), "ends_at")
    if not 1 <= plan.seats <= MOST_SEATS:
        raise Refused(_("Give from 1 to %(most)s seats.", most=MOST_SEATS), "seats")
    if plan.trainer is None and not plan.trainer_name:
        raise Refused(_("Say who teaches: a colleague, or a name."), "trainer_name")
    if not known_time_zone(plan.time_zone):
        raise Refused(_("Choose a time zone."), "time_zone")


def _require_seats(session: CourseSession, wanted: int) -> None:
    taken = session.seats - seats.free_seats(session)
    if wanted < taken:
        raise Refused(
            ngettext(
                "One seat is taken already, so there cannot be fewer.",
                "%(num)s seats are taken already, so there cannot be fewer.",
                taken,
            ),
            "seats",
        )
