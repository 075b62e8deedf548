"""Whether an award may be shown to the world as a certificate or a badge, and by which clock."""

from __future__ import annotations

from datetime import date

from portal.certification.models import Award
from portal.certification.standing import Facts, standing_of_award
from portal.certification.states import AwardSource, Standing
from portal.core import clock
from portal.people.models import Person, Site

SHOWN = frozenset({Standing.VALID, Standing.WINDOW, Standing.EXPIRING})
"""Standings under which something new is issued; in grace the last valid day is over."""


def can_vouch(award: Award) -> bool:
    """Whether the organisation knows it to be true: earned here, or checked by a second person.

    Expects the check of the award to be loaded.
    """
    if award.check is not None:
        return award.check.agreed
    return award.source is AwardSource.EARNED and not award.needs_check


def site_of(person: Person) -> Site | None:
    """Where a person works, or worked last."""
    employment = person.employment_on(clock.today()) or next(iter(person.employments), None)
    return employment.site if employment else None


def zone_of(person: Person) -> str:
    """The time zone a person's days are counted in."""
    site = site_of(person)
    return site.time_zone if site else "UTC"


def today_of(person: Person) -> date:
    """The day it is there."""
    return clock.today(zone_of(person))


def may_be_shown(award: Award, day: date) -> bool:
    """Whether a certificate or a badge may be issued on a day; expects what ``Facts`` reads."""
    return can_vouch(award) and standing_of_award(Facts.of(award), day) in SHOWN
