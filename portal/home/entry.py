"""One entry of a personal calendar, and how far back and ahead the calendar reaches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

BEHIND = timedelta(days=30)
AHEAD = timedelta(days=400)


@dataclass(frozen=True)
class Entry:
    """A day or a stretch of time; ``key`` stays the same when the rest changes."""

    key: str
    title: str
    starts: date | datetime
    ends: datetime | None
    path: str
    place: str = ""
