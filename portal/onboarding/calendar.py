"""Working days of a site: weekends and the public holidays of its country are left out."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

SATURDAY = 5


def shifted(start: date, working_days: int, country: str) -> date:
    """The day so many working days after ``start``, or before it; 0 is ``start`` itself."""
    day, step = start, 1 if working_days > 0 else -1
    left = abs(working_days)
    while left:
        day += timedelta(days=step)
        if is_working_day(day, country):
            left -= 1
    return day


def is_working_day(day: date, country: str) -> bool:
    """Whether people in a country (ISO 3166) normally work on this day."""
    return day.weekday() < SATURDAY and day not in _holidays(country, day.year)


@lru_cache(maxsize=64)
def _holidays(country: str, year: int) -> frozenset[date]:
    import holidays

    try:
        return frozenset(holidays.country_holidays(country, years=year))
    except NotImplementedError:
        return frozenset()
