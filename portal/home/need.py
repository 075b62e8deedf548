"""One row of the home page, how it is found, and how far ahead the page looks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from portal.accounts.models import Account
from portal.core import clock
from portal.core.db import UtcDateTime

HORIZON = timedelta(days=7)
MOST = 30


@dataclass(frozen=True)
class Need:
    """One row of the home page; ``due`` is the day it should be done by."""

    icon: str
    title: str
    why: str
    due: date
    url: str
    label: str


Due = Callable[[date | None, datetime | None], date | None]
"""The day from the two columns a source is asked for; ``None`` if it can wait for longer."""


@dataclass(frozen=True)
class Source:
    """Things of one kind that wait: a select, the most urgent first, and how a row of it reads.

    The database is asked for ``key``, ``day`` and ``moment`` of all sources at once, and for whole
    rows only of what the page shows. ``write`` takes a row's columns and the day.

    ``rows`` is called once for all who hold the same roles, so it takes whoever asks as its
    argument, uses nothing else of a viewer and is made once, not on each request; ``kept`` says
    how. Days may be put in as they are, moments come from ``from_now``.
    """

    rows: Callable[[Account], sa.Select[Any]]
    key: sa.SQLColumnExpression[int]
    due: Due
    write: Callable[..., Need]
    day: sa.SQLColumnExpression[date | None] | None = None
    moment: sa.SQLColumnExpression[datetime | None] | None = None


def from_now(more: timedelta = timedelta()) -> sa.BindParameter[datetime]:
    """A moment so far from now: a parameter which looks at the clock each time it is sent."""
    return sa.bindparam(
        "from_now", callable_=lambda: clock.now() + more, type_=UtcDateTime(), unique=True
    )


def on_the_day(day: date | None, _no_moment: datetime | None) -> date | None:
    """Due on the day itself."""
    return day


def by_moment(viewer: Account, more: timedelta = timedelta()) -> Due:
    """Due on the day of the moment where the viewer is, or so much later.

    That is the day which the page compares with their today.
    """
    zone = ZoneInfo(viewer.time_zone)

    def due(_no_day: date | None, moment: datetime | None) -> date | None:
        return None if moment is None else moment.astimezone(zone).date() + more

    return due


Waiting = tuple[date, Callable[[date], Need]]
"""The day something should be done by, and how it reads."""
