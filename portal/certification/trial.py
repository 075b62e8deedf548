"""Trying out a rule before anybody is awarded anything by it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from portal.certification.expiry import Rule, expires_on, lapses_on

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Trial:
    """What a rule makes of some days; see ``models.CertificationVersion`` for its own days.

    ``last_day`` is ``None`` if no date ends the award, ``lapses_on`` if leaving changes nothing.
    """

    completed_on: date
    last_day: date | None
    opens_on: date | None
    expiring_from: date | None
    grace_until: date | None
    left_on: date | None
    lapses_on: date | None


def try_rule(
    rule: Rule,
    *,
    completed_on: date,
    previous: date | None = None,
    due_on: date | None = None,
    left_on: date | None = None,
    window_days: int = 0,
    expiring_days: int = 0,
    grace_days: int = 0,
) -> Trial:
    """What becomes of an award completed on a day; see ``expiry.expires_on``.

    Raises:
        ValueError: if the rule lacks the period or base date its mode needs.

    """
    last = expires_on(rule, completed_on=completed_on, previous=previous, due_on=due_on)
    return Trial(
        completed_on=completed_on,
        last_day=last,
        opens_on=last - window_days * DAY if last and window_days else None,
        expiring_from=last - (expiring_days - 1) * DAY if last and expiring_days else None,
        grace_until=last + grace_days * DAY if last and grace_days else None,
        left_on=left_on,
        lapses_on=lapses_on(rule, left_on) if left_on else None,
    )
