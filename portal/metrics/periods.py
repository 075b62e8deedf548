"""Months: the period of a figure is a month, named by its first day."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

from babel import dates

from portal.core.i18n import current_locale

_YEAR_FIRST = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.]0?1)?|年(\d{1,2})月(?:1日)?)")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{4})")


def month_of(day: date) -> date:
    """The first day of the month a day lies in."""
    return day.replace(day=1)


def last_day(period: date) -> date:
    """The last day of a month."""
    return month_of(period + timedelta(days=31)) - timedelta(days=1)


def months_back(period: date, months: int) -> date:
    """The month so many months earlier; a negative number is later."""
    count = period.year * 12 + period.month - 1 - months
    return date(count // 12, count % 12 + 1, 1)


def months_until(period: date, months: int) -> list[date]:
    """So many months in order, ``period`` the last."""
    return [months_back(period, back) for back in reversed(range(months))]


def read_month(text: str) -> date:
    """The month meant by ``2026-03``, ``2026-03-01``, ``03/2026`` or ``2026年3月``.

    Raises:
        ValueError: if it is none, or a day that is not the first of its month.
    """
    text = unicodedata.normalize("NFKC", text).strip()
    if parts := _YEAR_FIRST.fullmatch(text):
        return date(int(parts[1]), int(parts[2] or parts[3]), 1)
    if parts := _YEAR_LAST.fullmatch(text):
        return date(int(parts[2]), int(parts[1]), 1)
    raise ValueError(text)


def iso_month(period: date) -> str:
    """``2026-03``, for addresses and tables."""
    return period.isoformat()[:7]


def month_name(period: date, *, short: bool = False) -> str:
    """``March 2026`` in the reader's language, or ``Mar 2026``."""
    skeleton = "yMMM" if short else "yMMMM"
    return dates.format_skeleton(skeleton, period, locale=current_locale())
