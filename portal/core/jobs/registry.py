"""The handlers by name, and those that run by the clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from croniter import croniter  # type: ignore[import-untyped]

Handler = Callable[..., None]
H = TypeVar("H", bound=Handler)

HANDLERS: dict[str, Handler] = {}
SCHEDULES: dict[str, Schedule] = {}


@dataclass(frozen=True)
class Schedule:
    """When a handler runs by itself: at a fixed distance, or as a cron line says (UTC)."""

    every: timedelta | None = None
    cron: str | None = None

    def last_tick(self, now: datetime) -> datetime:
        """The latest moment, not after ``now``, at which the handler is due."""
        if self.every is not None:
            step = self.every.total_seconds()
            return datetime.fromtimestamp(now.timestamp() // step * step, UTC)
        # croniter looks strictly before its start, so start one second later to include now.
        start = now.astimezone(UTC).replace(microsecond=0) + timedelta(seconds=1)
        previous: datetime = croniter(self.cron, start).get_prev(datetime)
        return previous


def handler(name: str) -> Callable[[H], H]:
    """Make a function the handler of the jobs of this name; it is called with their payload.

    A handler runs in one transaction together with the mark that its job is done. It may run
    again after a crash, so it must be idempotent.

    Raises:
        ValueError: if the name is taken by another function.

    """

    def register(function: H) -> H:
        known = HANDLERS.get(name)
        if known is not None and known.__qualname__ != function.__qualname__:
            message = f"two handlers for {name!r}"
            raise ValueError(message)
        HANDLERS[name] = function
        return function

    return register


def periodic(
    name: str, *, every: timedelta | None = None, cron: str | None = None
) -> Callable[[H], H]:
    """A handler without payload that also runs by the clock, once a tick for all workers together.

    Raises:
        ValueError: if not exactly one of ``every`` and ``cron`` is given, or the line is no cron.

    """
    if (every is None) == (cron is None) or (cron is not None and not croniter.is_valid(cron)):
        message = f"{name!r} needs one schedule: every=timedelta(…) or cron='m h d m w'"
        raise ValueError(message)
    SCHEDULES[name] = Schedule(every, cron)
    return handler(name)


def handler_of(name: str) -> Callable[..., Any]:
    """The handler of a name.

    Raises:
        LookupError: if no loaded module registers one.

    """
    try:
        return HANDLERS[name]
    except KeyError:
        message = f"no handler for {name!r}"
        raise LookupError(message) from None
