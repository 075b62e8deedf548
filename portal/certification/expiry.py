"""From the rule of a certification to the last valid day of an award; no database, no clock."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from portal.certification.models import CertificationVersion
from portal.certification.states import ExpiryMode

DECEMBER = 12


@dataclass(frozen=True, slots=True)
class Rule:
    """When awards expire. Periods are in months.

    ``fixed_on`` is the base date of mode *fixed*, ``least_months`` how long an award of that mode
    lasts at least, ``lapse_months`` how long one outlives the employment.
    """

    mode: ExpiryMode
    period_months: int | None = None
    fixed_on: date | None = None
    least_months: int = 0
    lapse_months: int | None = None

    @classmethod
    def of(cls, version: CertificationVersion) -> Self:
        """The rule that a published version states."""
        return cls(
            version.mode,
            version.period_months,
            version.fixed_on,
            version.least_months,
            version.lapse_months,
        )


def add_months(day: date, months: int) -> date:
    """The same day some months on, or the last of that month if it has no such day.

    31 January and one month is the last of February; 29 February 2028 and twelve months is
    28 February 2029.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, _length(year, month + 1)))


def expires_on(
    rule: Rule, *, completed_on: date, previous: date | None = None, due_on: date | None = None
) -> date | None:
    """The last valid day of an award completed on a day; ``None`` if no date ends it.

    ``previous`` is the last valid day of the award that is renewed, and ``due_on`` the day by which
    a first one is due. Mode *previous expiry* counts from that day if it has not passed, and from
    the completion if it has.

    Raises:
        ValueError: if the rule lacks the period or base date its mode needs.
    """
    match rule.mode:
        case ExpiryMode.NONE | ExpiryMode.SEPARATION:
            return None
        case ExpiryMode.COMPLETION:
            return add_months(completed_on, _period(rule))
        case ExpiryMode.PREVIOUS_EXPIRY:
            return add_months(_base(completed_on, previous, due_on), _period(rule))
        case ExpiryMode.MONTH_END:
            return _month_end(add_months(completed_on, _period(rule)))
        case ExpiryMode.YEAR_END:
            return _year_end(rule, completed_on, previous)
        case ExpiryMode.FIXED:
            return _fixed(rule, completed_on, previous)


def lapses_on(rule: Rule, left_on: date) -> date | None:
    """The last valid day for somebody whose last day of employment is ``left_on``.

    ``None`` if leaving changes nothing. Any mode may have such a lapse beside its own expiry.
    """
    if rule.lapse_months is None:
        return None
    return add_months(left_on, rule.lapse_months)


def window_opens_on(version: CertificationVersion, last_day: date) -> date:
    """The first day on which an award that holds good until ``last_day`` can be renewed."""
    return last_day - timedelta(days=version.window_days)


def _base(completed_on: date, previous: date | None, due_on: date | None) -> date:
    """What a period counts from where the previous expiry leads."""
    return max(previous or due_on or completed_on, completed_on)


def _year_end(rule: Rule, completed_on: date, previous: date | None) -> date:
    """31 December, so many years on as the period says: one year is that of the first day.

    Renewed in time, an award runs on from the day after its last one.
    """
    first = completed_on
    if previous is not None and completed_on <= previous:
        first = previous + timedelta(days=1)
    return date(first.year + (_period(rule) - 1) // 12, DECEMBER, 31)


def _fixed(rule: Rule, completed_on: date, previous: date | None) -> date:
    """The first day of the series from the base date that is late enough.

    Late enough is after the completion, after the award that is renewed in time, and not before the
    least time has passed. Each day of the series is reckoned from the base, so that a month end
    stays one.
    """
    if rule.fixed_on is None:
        message = "a rule of mode fixed needs a base date"
        raise ValueError(message)
    earliest = max(completed_on + timedelta(days=1), add_months(completed_on, rule.least_months))
    if previous is not None and completed_on <= previous:
        earliest = max(earliest, previous + timedelta(days=1))
    period = _period(rule)
    apart = (earliest.year - rule.fixed_on.year) * 12 + earliest.month - rule.fixed_on.month
    steps = max(0, apart // period - 1)
    while (day := add_months(rule.fixed_on, steps * period)) < earliest:
        steps += 1
    return day


def _period(rule: Rule) -> int:
    if rule.period_months is None:
        message = f"a rule of mode {rule.mode} needs a period"
        raise ValueError(message)
    return rule.period_months


def _month_end(day: date) -> date:
    return day.replace(day=_length(day.year, day.month))


def _length(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]
