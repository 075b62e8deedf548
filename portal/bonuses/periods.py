"""The quarters, halves and years bonuses are worked out for."""

from __future__ import annotations

from datetime import date, timedelta

from flask_babel import gettext as _

from portal.bonuses.states import Period
from portal.core import i18n
from portal.metrics import periods as months


def period_of(period: Period, day: date) -> tuple[date, date]:
    """First and last day of the period a day lies in."""
    count = period.months
    first = date(day.year, (day.month - 1) // count * count + 1, 1)
    return first, last_day(period, first)


def last_day(period: Period, first: date) -> date:
    """The last day of the period that begins on a day."""
    return months.months_back(first, -period.months) - timedelta(days=1)


def ended(period: Period, today: date, number: int) -> list[tuple[date, date]]:
    """The last so many periods that are over, newest first."""
    found = []
    first = period_of(period, today)[0]
    for _turn in range(number):
        first = months.months_back(first, period.months)
        found.append((first, last_day(period, first)))
    return found


def name(first: date, last: date) -> str:
    """From the first to the last day, as the reader writes days."""
    return _("%(first)s to %(last)s", first=i18n.date(first, "long"), last=i18n.date(last, "long"))
