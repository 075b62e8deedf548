"""Months of experience from stretches of time that may overlap; no database, no clock."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from portal.careers.states import ExperienceKind

DAY = timedelta(days=1)
MONTHS = 12
REST = 31
"""Left-over days of several stretches that make one more month; one stretch never has as many."""

Stretch = tuple[date, date]
"""First and last day."""


@dataclass(frozen=True, slots=True)
class Demand:
    """At least so many months in a role, in a job family, or of leading people."""

    kind: ExperienceKind
    months: int
    role_id: int | None = None
    family: str = ""


@dataclass(frozen=True, slots=True)
class Spell:
    """A stretch of work; without ``ends_on`` it goes on.

    What a person claims counts from the day it was confirmed, and waits until then; an employment
    counts from its first day.
    """

    starts_on: date
    ends_on: date | None = None
    role_id: int | None = None
    family: str = ""
    leading: bool = False
    claim_id: int | None = None
    claimed_on: date | None = None
    confirmed_on: date | None = None
    refused_on: date | None = None

    def counts(self, day: date, *, waiting: bool) -> bool:
        """Whether it is known on a day; with ``waiting``, also if nobody has confirmed it yet."""
        if self.starts_on > day:
            return False
        if self.claim_id is None or (self.confirmed_on is not None and self.confirmed_on <= day):
            return True
        refused = self.refused_on is not None and self.refused_on <= day
        claimed = self.claimed_on is not None and self.claimed_on <= day
        return waiting and claimed and not refused

    def is_of(self, demand: Demand) -> bool:
        """Whether it is time of the kind that is asked for."""
        if demand.kind is ExperienceKind.ROLE:
            return self.role_id is not None and self.role_id == demand.role_id
        if demand.kind is ExperienceKind.FAMILY:
            return self.family != "" and self.family == demand.family
        return self.leading


def counted(
    spells: Iterable[Spell], demand: Demand, day: date, *, waiting: bool = False
) -> list[Spell]:
    """The spells that count towards a demand on a day, the earliest first."""
    found = (one for one in spells if one.is_of(demand) and one.counts(day, waiting=waiting))
    return sorted(found, key=lambda one: one.starts_on)


def months_of(spells: Iterable[Spell], day: date) -> int:
    """Whole months up to and including a day; time that overlaps counts once."""
    months = rest = 0
    ends = ((one.starts_on, min(one.ends_on or day, day)) for one in spells)
    for first, last in _merged(ends):
        whole, days = _length(first, last + DAY)
        months, rest = months + whole, rest + days
    return months + rest // REST


def reached_on(spells: list[Spell], demand: Demand, day: date) -> date | None:
    """The day by which a demand is met if the work that goes on does so; ``None`` if none does."""
    lack = demand.months - months_of(spells, day)
    if lack <= 0:
        return day
    soonest = later(day, lack)
    # Months differ in length: left-over days may need a few more.
    for extra in range(REST):
        then = soonest + extra * DAY
        if months_of(spells, then) >= demand.months:
            return then
    return None


def later(day: date, months: int) -> date:
    """The same day so many months on, or the last of that month where it has no such day."""
    year, month = divmod(day.year * MONTHS + day.month - 1 + months, MONTHS)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def _merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    found: list[Stretch] = []
    for first, last in sorted(stretches):
        if found and first <= found[-1][1] + DAY:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        elif first <= last:
            found.append((first, last))
    return found


def _length(first: date, end: date) -> tuple[int, int]:
    """Whole months and left-over days from a day to another that does not count itself."""
    months = (end.year - first.year) * MONTHS + end.month - first.month
    if later(first, months) > end:
        months -= 1
    return months, (end - later(first, months)).days
