"""Working days of a site: weekends and the public holidays of its country are left out."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from portal.core.db import Json
from portal.people.models import Site

SATURDAY = 5
DAY = timedelta(days=1)


def due_day(entry: Json, starts_on: date, site: Site) -> date:
    """When a task of a template is due for somebody who begins on ``starts_on`` at a site.

    A check-in falls so many calendar days after the first, and then on the next working day.
    """
    milestone: int | None = entry.get("milestone")
    if milestone is not None:
        return working_day_from(starts_on + milestone * DAY, site.country, site.region)
    return shifted(starts_on, entry["offset_days"], site.country, site.region)


def shifted(start: date, working_days: int, country: str, region: str = "") -> date:
    """The day so many working days after ``start``, or before it; 0 is ``start`` itself."""
    day, step = start, DAY if working_days > 0 else -DAY
    left = abs(working_days)
    while left:
        day += step
        if is_working_day(day, country, region):
            left -= 1
    return day


def working_day_from(day: date, country: str, region: str = "") -> date:
    """The day itself if people work on it, else the next on which they do."""
    while not is_working_day(day, country, region):
        day += DAY
    return day


def is_working_day(day: date, country: str, region: str = "") -> bool:
    """Whether people in a country (ISO 3166) normally work on this day."""
    return day.weekday() < SATURDAY and day not in _holidays(country, region, day.year)


@lru_cache(maxsize=256)
def _holidays(country: str, region: str, year: int) -> frozenset[date]:
    """A region the calendar does not know has the holidays of the whole country."""
    import holidays

    try:
        return frozenset(holidays.country_holidays(country, subdiv=region or None, years=year))
    except NotImplementedError:
        return _holidays(country, "", year) if region else frozenset()
