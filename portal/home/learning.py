"""What waits for someone in training: courses and sessions, and sessions they teach."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask import url_for
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import clock, i18n
from portal.home.need import HORIZON, Need, Source, by_moment, from_now
from portal.training import policy, queries
from portal.training.calendar import local_day
from portal.training.models import CourseSession, Credit, Enrolment
from portal.training.states import EnrolmentState, SessionState

PATIENCE = timedelta(days=2)
"""How long somebody waits for a check before it counts as late."""

_HAS_SEAT = sa.and_(
    Enrolment.state == EnrolmentState.ENROLLED,
    CourseSession.starts_at >= from_now(),
    # Which day it is for the reader is looked at afterwards.
    CourseSession.starts_at <= from_now(HORIZON + timedelta(days=2)),
)
_SEAT = sa.case((_HAS_SEAT, CourseSession.starts_at))
_LESSON = sa.case(
    (CourseSession.ends_at < from_now(), CourseSession.ends_at), else_=CourseSession.starts_at
)


def _courses(viewer: Account) -> Iterator[Source]:
    """A seat in a session counts from the day it begins, else the day the course is due."""
    until = clock.today(viewer.time_zone) + HORIZON

    def due(day: date | None, seat: datetime | None) -> date | None:
        begins = seat and local_day(seat, viewer.time_zone)
        return next((one for one in (begins, day) if one is not None and one <= until), None)

    def write(row: Enrolment, seat: datetime | None, day: date) -> Need:
        seated = seat is not None and local_day(seat, viewer.time_zone) == day
        return _session(row, day) if seated else _course(row, day)

    yield Source(_live_enrolments, Enrolment.id, due, write, day=Enrolment.due_on, moment=_SEAT)


def _live_enrolments(asker: Account) -> sa.Select[*tuple[Any, ...]]:
    until = clock.today(asker.time_zone) + HORIZON
    return (
        queries.live_enrolments_of(asker.person_id)
        .outerjoin(Enrolment.session)
        .where(sa.or_(_HAS_SEAT, Enrolment.due_on <= until))
        .add_columns(_SEAT.label("seat"))
    )


def _session(row: Enrolment, due: date) -> Need:
    assert row.session is not None
    return Need(
        "mortarboard",
        _("Training: %(course)s", course=i18n.words(row.course.title)),
        _when_and_where(row.session),
        due,
        url_for("training.course", course_id=row.course_id),
        _("View"),
    )


def _course(row: Enrolment, due: date) -> Need:
    return Need(
        "mortarboard",
        _("Training: %(course)s", course=i18n.words(row.course.title)),
        i18n.words(row.reason) if row.reason else _("To be completed by this day."),
        due,
        url_for("training.course", course_id=row.course_id),
        _("View"),
    )


def _teaching(viewer: Account) -> Iterator[Source]:
    now = clock.now()

    def write(session: CourseSession, due: date) -> Need:
        return (_attendance if session.ends_at < now else _to_teach)(session, due)

    yield Source(
        _sessions_taught,
        CourseSession.id,
        by_moment(viewer),
        write,
        moment=_LESSON,
    )


def _sessions_taught(asker: Account) -> sa.Select[CourseSession]:
    rows = queries.sessions_listed(asker.person_id).with_only_columns(CourseSession)
    soon = CourseSession.starts_at <= from_now(HORIZON)
    return rows.where(CourseSession.state == SessionState.PLANNED, soon).order_by(
        CourseSession.starts_at
    )


def _to_teach(session: CourseSession, due: date) -> Need:
    return _of_trainer(
        session,
        due,
        title=_("You teach: %(course)s", course=i18n.words(session.course.title)),
        label=_("View"),
    )


def _attendance(session: CourseSession, due: date) -> Need:
    return _of_trainer(
        session,
        due,
        title=_("%(course)s: record who came", course=i18n.words(session.course.title)),
        label=_("Record"),
    )


def _of_trainer(session: CourseSession, due: date, *, title: str, label: str) -> Need:
    url = url_for("training.session", session_id=session.id)
    return Need("person-check", title, _when_and_where(session), due, url, label)


def _hours(viewer: Account) -> Iterator[Source]:
    if policy.enrol_others(viewer):
        yield Source(
            _open_claims,
            Credit.id,
            by_moment(viewer, PATIENCE),
            _claim,
            moment=Credit.claimed_at,
        )


def _open_claims(asker: Account) -> sa.Select[Credit]:
    return queries.claims(asker, open_=True).order_by(Credit.claimed_at)


def _claim(credit: Credit, due: date) -> Need:
    return Need(
        "clock",
        _("%(who)s: hours to check", who=credit.person.display_name),
        credit.title,
        due,
        url_for("training.decide_hours", credit_id=credit.id),
        _("Check"),
    )


def _when_and_where(session: CourseSession) -> str:
    return _(
        "%(when)s, %(place)s",
        when=i18n.datetime(session.starts_at, zone=session.time_zone),
        place=session.place,
    )


SOURCES: tuple[Callable[[Account], Iterator[Source]], ...] = (_courses, _teaching, _hours)
