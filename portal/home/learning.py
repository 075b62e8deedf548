"""What waits for someone in training: courses and sessions, and sessions they teach."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial

from flask import url_for
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import clock, i18n
from portal.core.db import db
from portal.home.need import HORIZON, MOST, Need, Waiting
from portal.training import policy, queries
from portal.training.calendar import local_day
from portal.training.models import CourseSession, Credit, Enrolment
from portal.training.states import EnrolmentState, SessionState

PATIENCE = timedelta(days=2)
"""How long somebody waits for a check before it counts as late."""


def _courses(viewer: Account) -> Iterator[Waiting]:
    until = clock.today(viewer.time_zone) + HORIZON
    for row in db.session.scalars(queries.live_enrolments_of(viewer.person_id).limit(MOST)):
        day = _day_of_seat(row, viewer)
        if day is not None and day <= until:
            yield day, partial(_session, row)
        elif row.due_on is not None and row.due_on <= until:
            yield row.due_on, partial(_course, row)


def _day_of_seat(row: Enrolment, viewer: Account) -> date | None:
    """When the session begins in which they have a seat, if it lies ahead."""
    session = row.session
    if session is None or row.state is not EnrolmentState.ENROLLED:
        return None
    if session.starts_at < clock.now():
        return None
    return local_day(session.starts_at, viewer.time_zone)


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


def _teaching(viewer: Account) -> Iterator[Waiting]:
    taught = queries.sessions_listed(viewer.person_id).where(
        CourseSession.state == SessionState.PLANNED,
        CourseSession.starts_at <= clock.now() + HORIZON,
    )
    rows = db.session.scalars(taught.order_by(CourseSession.starts_at).limit(MOST))
    for session in rows:
        over = session.ends_at < clock.now()
        yield (
            local_day(session.ends_at if over else session.starts_at, viewer.time_zone),
            partial(_attendance if over else _to_teach, session),
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


def _hours(viewer: Account) -> Iterator[Waiting]:
    if not policy.enrol_others(viewer):
        return
    claimed = queries.claims(viewer, open_=True).order_by(Credit.claimed_at)
    for credit in db.session.scalars(claimed.limit(MOST)):
        yield local_day(credit.claimed_at, viewer.time_zone) + PATIENCE, partial(_claim, credit)


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


SOURCES: tuple[Callable[[Account], Iterator[Waiting]], ...] = (_courses, _teaching, _hours)
