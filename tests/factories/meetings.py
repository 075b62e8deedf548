"""1:1s with sensible defaults; flushed, never committed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from portal.core import clock
from portal.meetings.models import (
    AgendaItem,
    Meeting,
    MeetingAction,
    MeetingSeries,
    PrivateNotes,
    SharedNotes,
)
from portal.meetings.states import MeetingState, Rhythm, SeriesKind, SeriesState
from portal.people.models import Person
from tests.factories import people
from tests.factories.people import added

_number = count(1)
FIRST = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
"""A Tuesday, a week after the tests' present, 11 o'clock in Istanbul."""


def series(host: Person | None = None, guest: Person | None = None, **values: Any) -> MeetingSeries:
    """A manager and a team member who meet every week."""
    one = host or people.person("Lale")
    defaults: dict[str, Any] = {
        "kind": SeriesKind.MANAGER,
        "host": one,
        "guest": guest or people.person("Ceren"),
        "state": SeriesState.RUNNING,
        "rhythm": Rhythm.WEEKLY,
        "first_at": FIRST,
        "minutes": 30,
        "time_zone": "Europe/Istanbul",
        "place": "Room 4",
        "created_at": clock.now(),
        "created_by_id": values.pop("created_by_id", None) or people.account().id,
    }
    return added(MeetingSeries(**(defaults | values)))


def meeting(in_series: MeetingSeries | None = None, notes: str = "", **values: Any) -> Meeting:
    defaults: dict[str, Any] = {
        "series": in_series or series(),
        "starts_at": FIRST,
        "minutes": 30,
        "place": "Room 4",
        "state": MeetingState.PLANNED,
        "uid": f"meeting-{next(_number)}@example.com",
        "sequence": 0,
        "notes": SharedNotes(text=notes),
    }
    return added(Meeting(**(defaults | values)))


def item(meeting: Meeting, by: Person, text: str = "Shift plan", **values: Any) -> AgendaItem:
    return added(
        AgendaItem(meeting=meeting, text=text, added_by_id=by.id, added_at=clock.now(), **values)
    )


def action(
    meeting: Meeting, owner: Person, title: str = "Write the guide", **values: Any
) -> MeetingAction:
    defaults: dict[str, Any] = {
        "meeting": meeting,
        "owner": owner,
        "title": title,
        "due_on": date(2026, 12, 8),
        "created_at": clock.now(),
    }
    return added(MeetingAction(**(defaults | values)))


def private_notes(meeting: Meeting, writer: Person, text: str = "Secret thought") -> PrivateNotes:
    return added(
        PrivateNotes(meeting_id=meeting.id, writer_id=writer.id, text=text, saved_at=clock.now())
    )
