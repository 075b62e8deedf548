"""A session as an entry in somebody's calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from portal.core import invitations
from portal.core.i18n import words
from portal.training.models import CourseSession
from portal.training.states import SessionState


def event(session: CourseSession, *, cancelled: bool = False) -> invitations.Event:
    """The session in the present reader's language; ``cancelled`` for who is no longer part."""
    made = invitations.Event(
        uid=session.uid,
        sequence=session.sequence,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        time_zone=session.time_zone,
        summary=_("Training: %(course)s", course=words(session.course.title)),
        place=session.place,
    )
    return replace(made, cancelled=cancelled or session.state is SessionState.CANCELLED)


def zones_shown(session: CourseSession, own: str | None) -> list[str]:
    """Whose clocks a time is shown on: the session's and the reader's ``own``."""
    return list(dict.fromkeys([session.time_zone, own or session.time_zone]))


def local_day(moment: datetime, time_zone: str) -> date:
    """The calendar day of a moment in an IANA time zone."""
    return moment.astimezone(ZoneInfo(time_zone)).date()
