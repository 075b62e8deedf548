"""Plays demo events on their day in the past, and puts the clock back afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from portal.core import clock


@contextmanager
def days_ago(days: float) -> Iterator[datetime]:
    """Let it be so many days before today, at a working hour; negative days lie ahead."""
    today = datetime.now(UTC).replace(hour=9, minute=20, second=0, microsecond=0)
    moment = today - timedelta(days=days)
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
