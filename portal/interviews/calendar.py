"""The interview as an iCalendar object (RFC 5545, sent as RFC 5546 REQUEST or CANCEL)."""

from __future__ import annotations

from datetime import UTC, timedelta
from email.utils import parseaddr
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from babel.core import get_global
from flask import current_app
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import clock
from portal.core.brand import brand
from portal.core.i18n import words
from portal.core.invitations import time_zone
from portal.interviews.models import Interview
from portal.interviews.states import InterviewState

if TYPE_CHECKING:  # takes a tenth of a second to import, and only mails need it
    import icalendar


def calendar_object(interview: Interview, *, for_panel: Account | None = None) -> bytes:
    """A REQUEST, or a CANCEL once it is called off: same UID, SEQUENCE counting up, zone included.

    Candidate and interviewers get one each with themselves as the only attendee: the panel's
    addresses stay in the house, and the candidate's stays with those who need it.
    """
    import icalendar

    cancelled = interview.state is InterviewState.CANCELLED
    zone = ZoneInfo(interview.time_zone)
    starts = interview.starts_at.astimezone(zone)
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Portal//Interviews//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancelled else "REQUEST")
    calendar.add_component(time_zone(interview.time_zone, starts.year))
    event = icalendar.Event()
    event.add("uid", interview.uid)
    event.add("sequence", interview.sequence)
    event.add("dtstamp", clock.now().replace(microsecond=0).astimezone(UTC))
    event.add("dtstart", starts)
    event.add("dtend", starts + timedelta(minutes=interview.minutes))
    event.add("summary", _panel_summary(interview) if for_panel else _summary(interview))
    event.add("location", interview.place)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("organizer", _organiser())
    who = for_panel or interview.application
    event.add("attendee", _attendee(who.email, who.display_name), encode=False)
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def zones_shown(interview: Interview, own: str | None = None) -> list[str]:
    """Whose clocks a time is shown on: the interview's and the reader's ``own``.

    A candidate's is that of the country they live in; where that has several, UTC helps anyone.
    """
    country = interview.application.consent_country
    in_country = get_global("territory_zones").get(country, [])
    theirs = own or (in_country[0] if len(in_country) == 1 else "UTC")
    return list(dict.fromkeys([interview.time_zone, theirs]))


def _summary(interview: Interview) -> str:
    language = interview.application.language
    role = words(interview.application.posting.requisition.role.title, language)
    if interview.round_name is None:
        return _("Interview: %(role)s, %(organisation)s", role=role, organisation=brand().name)
    return _(
        "%(round)s: %(role)s, %(organisation)s",
        round=words(interview.round_name, language),
        role=role,
        organisation=brand().name,
    )


def _panel_summary(interview: Interview) -> str:
    who = interview.application.display_name
    if interview.round_name is None:
        return _("Interview with %(who)s", who=who)
    return _("%(round)s with %(who)s", round=words(interview.round_name), who=who)


def _organiser() -> icalendar.vCalAddress:
    import icalendar

    address = brand().email or parseaddr(current_app.config["MAIL_FROM"])[1]
    organiser = icalendar.vCalAddress(f"MAILTO:{address}")
    organiser.params["cn"] = icalendar.vText(brand().name)
    return organiser


def _attendee(email: str, name: str) -> icalendar.vCalAddress:
    import icalendar

    attendee = icalendar.vCalAddress(f"MAILTO:{email}")
    attendee.params["cn"] = icalendar.vText(name)
    attendee.params["role"] = icalendar.vText("REQ-PARTICIPANT")
    attendee.params["partstat"] = icalendar.vText("NEEDS-ACTION")
    attendee.params["rsvp"] = icalendar.vText("TRUE")
    return attendee
