"""An event as an iCalendar object (RFC 5545, sent as RFC 5546 REQUEST or CANCEL)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parseaddr
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from flask import current_app

from portal.core import clock
from portal.core.brand import brand

if TYPE_CHECKING:  # takes a tenth of a second to import, and only mails need it
    import icalendar


@dataclass(frozen=True)
class Event:
    """What happens when and where; ``uid`` stays the same, ``sequence`` counts the changes."""

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    summary: str
    place: str
    description: str = ""
    cancelled: bool = False

    @property
    def method(self) -> str:
        """What a calendar is asked to do."""
        return "CANCEL" if self.cancelled else "REQUEST"


def calendar_object(event: Event, *, email: str, name: str) -> bytes:
    """The event with one attendee: nobody learns from it who else comes."""
    import icalendar

    zone = ZoneInfo(event.time_zone)
    starts = event.starts_at.astimezone(zone)
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Portal//Calendar//EN")
    calendar.add("version", "2.0")
    calendar.add("method", event.method)
    calendar.add_component(time_zone(event.time_zone, starts.year))
    entry = icalendar.Event()
    entry.add("uid", event.uid)
    entry.add("sequence", event.sequence)
    entry.add("dtstamp", clock.now().replace(microsecond=0).astimezone(UTC))
    entry.add("dtstart", starts)
    entry.add("dtend", event.ends_at.astimezone(zone))
    entry.add("summary", event.summary)
    entry.add("location", event.place)
    if event.description:
        entry.add("description", event.description)
    entry.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    entry.add("organizer", _organiser())
    entry.add("attendee", _attendee(email, name), encode=False)
    calendar.add_component(entry)
    return bytes(calendar.to_ical())


@lru_cache(maxsize=64)
def time_zone(name: str, year: int) -> icalendar.Timezone:
    """When clocks change there, in a year and those beside it.

    Kept, since every hour of these years is looked at to find out.
    """
    import icalendar

    first, last = date(year - 1, 1, 1), date(year + 1, 12, 31)
    return icalendar.Timezone.from_tzinfo(ZoneInfo(name), first_date=first, last_date=last)


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
