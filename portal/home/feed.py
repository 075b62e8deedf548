"""What is due for one person, from all features, as entries of a calendar."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from portal.accounts.models import Account, CalendarFeed
from portal.certification.overview import overview
from portal.certification.states import IN_FORCE
from portal.core import clock
from portal.core.brand import brand
from portal.core.db import db
from portal.core.i18n import words
from portal.home import feed_growth
from portal.home.entry import AHEAD, BEHIND, Entry
from portal.interviews import queries as interviews
from portal.onboarding import queries as onboarding
from portal.onboarding.models import OnboardingTask
from portal.people.models import Person
from portal.training import queries as training
from portal.training.models import CourseSession
from portal.training.states import EnrolmentState, SessionState

if TYPE_CHECKING:  # takes a tenth of a second to import, and only calendars need it
    import icalendar


def calendar_of(feed: CalendarFeed) -> bytes:
    """The calendar in the language of its owner; the same bytes as long as nothing changes.

    It names nobody but the owner: calendars are shared more easily than one thinks.
    """
    import icalendar

    account = feed.account
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Portal//Calendar//EN")
    calendar.add("version", "2.0")
    with force_locale(account.language):
        calendar.add("x-wr-calname", _("%(organisation)s: due for me", organisation=brand().name))
        entries = [entry for source in SOURCES for entry in source(account)]
    for entry in sorted(entries, key=lambda one: one.key):
        calendar.add_component(_event(entry, feed))
    return bytes(calendar.to_ical())


def _event(entry: Entry, feed: CalendarFeed) -> icalendar.Event:
    import icalendar

    base = str(current_app.config["BASE_URL"])
    event = icalendar.Event()
    event.add("uid", f"{entry.key}@{base.rsplit('//', maxsplit=1)[-1].split('/', maxsplit=1)[0]}")
    # RFC 5545 asks for it; the present moment would make every answer a new one.
    event.add("dtstamp", feed.created_at.replace(microsecond=0))
    event.add("summary", entry.title)
    event.add("dtstart", entry.starts)
    event.add("dtend", entry.ends or entry.starts + timedelta(days=1))
    event.add("url", f"{base}{entry.path}")
    if entry.place:
        event.add("location", entry.place)
    if entry.ends is None:
        event.add("transp", "TRANSPARENT")
    return event


def _certificates(account: Account) -> Iterator[Entry]:
    """When certificates expire, and from when others must be held."""
    today = clock.today(account.time_zone)
    for holding in overview(db.session.get_one(Person, account.person_id), today).holdings:
        current = holding.certification.current
        if current is None:
            continue
        name, key = words(current.name), f"certificate-{holding.certification.id}"
        last = holding.held.last_day
        if holding.held.standing in IN_FORCE and last is not None and last <= today + AHEAD:
            title = _("%(name)s expires: renew it by now", name=name)
            yield Entry(f"{key}-expires", title, last, None, "/my/certificates")
        elif holding.lacking and holding.due_on is not None:
            title = _("%(name)s must be held from today", name=name)
            yield Entry(f"{key}-due", title, holding.due_on, None, "/my/certificates")


def _courses(account: Account) -> Iterator[Entry]:
    """Courses by their due day, and sessions one has a seat in."""
    for row in db.session.scalars(training.live_enrolments_of(account.person_id)):
        title, session = words(row.course.title), row.session
        path = f"/training/courses/{row.course_id}"
        has_seat = session is not None and row.state is not EnrolmentState.WAITING
        if session is not None and has_seat and session.state is SessionState.PLANNED:
            yield _session(session, _("Training: %(course)s", course=title), path)
        elif row.due_on is not None:
            due = _("%(course)s: complete it by today", course=title)
            yield Entry(f"course-{row.id}", due, row.due_on, None, path)


def _teaching(account: Account) -> Iterator[Entry]:
    """Sessions one gives."""
    coming = training.sessions_listed(account.person_id).where(
        CourseSession.state == SessionState.PLANNED,
        CourseSession.starts_at > clock.now() - BEHIND,
    )
    for session, *_counts in db.session.execute(coming):
        title = _("You teach: %(course)s", course=words(session.course.title))
        yield _session(session, title, f"/training/sessions/{session.id}")


def _session(session: CourseSession, title: str, path: str) -> Entry:
    starts, ends = session.starts_at.astimezone(UTC), session.ends_at.astimezone(UTC)
    return Entry(f"session-{session.id}", title, starts, ends, path, session.place)


def _tasks(account: Account) -> Iterator[Entry]:
    """Open tasks of onboarding that are one's own."""
    until = clock.today(account.time_zone) + AHEAD
    own = onboarding.open_tasks_of(account, until=until).where(
        OnboardingTask.owner_id == account.person_id
    )
    for task in db.session.scalars(own):
        path = f"/onboarding/plans/{task.plan_id}"
        yield Entry(f"task-{task.id}", words(task.title), task.due_on, None, path)


def _interviews(account: Account) -> Iterator[Entry]:
    """Interviews one is on the panel of."""
    since = clock.now() - BEHIND
    for card in db.session.scalars(interviews.cards_of(account, since=since)):
        interview = card.interview
        starts = interview.starts_at.astimezone(UTC)
        if starts > since:
            role = words(interview.application.posting.requisition.role.title)
            yield Entry(
                f"interview-{interview.id}",
                _("Interview: %(role)s", role=role),
                starts,
                starts + timedelta(minutes=interview.minutes),
                f"/interviews/scorecards/{card.id}",
                interview.place,
            )


SOURCES: tuple[Callable[[Account], Iterator[Entry]], ...] = (
    _certificates,
    _courses,
    _teaching,
    _tasks,
    _interviews,
    *feed_growth.SOURCES,
)
