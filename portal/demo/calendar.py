"""Plays demo events on their day in the past, and puts the clock back afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from math import floor

from portal.core import clock

WORKDAY = 8
"""Hours."""


@contextmanager
def days_ago(days: float) -> Iterator[datetime]:
    """Let it be so many days before today, at a working hour; a smaller fraction is later."""
    whole = floor(days)
    morning = datetime.now(UTC).replace(hour=6, minute=20, second=0, microsecond=0)
    moment = morning - timedelta(days=whole) + timedelta(hours=(1 - (days - whole)) * WORKDAY)
    clock.use(lambda: moment)
    try:
        yield moment
    finally:
        clock.use(None)


@contextmanager
def real_time() -> Iterator[None]:
    """Whatever happens inside, the clock goes right afterwards."""
    try:
        yield
    finally:
        clock.use(None)
