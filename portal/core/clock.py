"""The one source of time, so that tests can stop it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_source: Callable[[], datetime] = lambda: datetime.now(UTC)  # noqa: E731 - replaced by tests


def now() -> datetime:
    """The present moment, aware, in UTC, to the microsecond."""
    return _source()


def today(time_zone: str | None = None) -> date:
    """The calendar day it is now in an IANA time zone (UTC if none is given)."""
    return now().astimezone(ZoneInfo(time_zone) if time_zone else UTC).date()


def use(source: Callable[[], datetime] | None) -> None:
    """Take the time from ``source``; ``None`` goes back to the machine's clock."""
    global _source  # noqa: PLW0603 - the one place that swaps it
    _source = source or (lambda: datetime.now(UTC))
