"""What a version of a certification says, whether that makes sense, and its content hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from portal.certification.states import CriterionKind, ExpiryMode
from portal.core import i18n
from portal.core.db import Words
from portal.core.errors import Refused
from portal.training.models import Course

ENDLESS = frozenset({ExpiryMode.NONE, ExpiryMode.SEPARATION})
"""Modes whose awards no date ends, so that there is nothing to renew."""
LONGEST_MONTHS = 600
MOST_MINUTES = 60_000
YEAR = 12
DAYS_OF_YEAR = 365


@dataclass(frozen=True, kw_only=True)
class CriterionTerms:
    """One thing a version asks for; see ``models.Criterion``."""

    kind: CriterionKind
    text: Words
    course: Course | None = None
    needs_file: bool = False
    at_first: bool = True
    at_renewal: bool = False

    def content(self) -> dict[str, Any]:
        """What the content hash covers."""
        return {
            "kind": str(self.kind),
            "text": self.text,
            "course": self.course.key if self.course else None,
            "needs_file": self.needs_file,
            "at_first": self.at_first,
            "at_renewal": self.at_renewal,
        }


@dataclass(frozen=True, kw_only=True)
class Terms:
    """The rule of a version; see ``models.CertificationVersion`` for the units."""

    name: Words
    short: str
    issuer: str
    description: Words
    mode: ExpiryMode
    effective_from: date
    period_months: int | None = None
    fixed_on: date | None = None
    least_months: int = 0
    lapse_months: int | None = None
    window_days: int = 90
    expiring_days: int = 30
    grace_days: int = 0
    renewal_minutes: int = 0
    renewal_minima: Mapping[str, int] = field(default_factory=dict)
    needs_check: bool = True
    voids_older: bool = False

    def columns(self) -> dict[str, Any]:
        """The values of the version's columns."""
        return vars(self) | {"renewal_minima": dict(self.renewal_minima)}


def tidied(terms: Terms) -> Terms:
    """The same rule without empty languages, blanks at the ends and minima of nothing."""
    return replace(
        terms,
        name=filled(terms.name),
        short=terms.short.strip(),
        issuer=terms.issuer.strip(),
        description=filled(terms.description),
        renewal_minima={key: value for key, value in terms.renewal_minima.items() if value},
    )


def filled(words: Words) -> Words:
    """The languages that say something, without blanks around it."""
    return {tag: text.strip() for tag, text in words.items() if text.strip()}


def content_hash(
    terms: Terms, criteria: Sequence[CriterionTerms], required_keys: Collection[str]
) -> str:
    """SHA-256 in hex of all that a version says; what it does to older ones is left out."""
    columns = terms.columns()
    columns.pop("voids_older")
    content = columns | {
        "mode": str(terms.mode),
        "criteria": [criterion.content() for criterion in criteria],
        "requires": sorted(required_keys),
    }
    text = json.dumps(
        content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str
    )
    return hashlib.sha256(text.encode()).hexdigest()


def check_terms(terms: Terms, categories: Collection[str]) -> None:
    """Hold a rule against what can be reckoned with.

    ``categories`` are the keys of the known categories of continuing education.

    Raises:
        Refused: at the field, if something is missing, contradicts the rest, or is out of bounds.

    """
    _check_texts(terms)
    _check_period(terms)
    _check_fixed(terms)
    _check_lapse(terms)
    _check_days(terms)
    _check_hours(terms, categories)


def check_criteria(criteria: Sequence[CriterionTerms]) -> None:
    """Each criterion says what it asks for, and when.

    Raises:
        Refused: if one does not.

    """
    for number, criterion in enumerate(criteria, start=1):
        if not criterion.text:
            text = _("Criterion %(number)s: say in words what is asked for.", number=number)
            raise Refused(text, "criteria")
        if not (criterion.at_first or criterion.at_renewal):
            text = _(
                "Criterion %(number)s: choose the first certificate, the renewal, or both.",
                number=number,
            )
            raise Refused(text, "criteria")
        if criterion.course and criterion.needs_file:
            text = _(
                "Criterion %(number)s: completing a course is proof enough. Ask for a file only "
                "where no course is chosen.",
                number=number,
            )
            raise Refused(text, "criteria")


def _check_texts(terms: Terms) -> None:
    for name in ("name", "description"):
        if not getattr(terms, name):
            raise Refused(_("Write this in at least one language."), name)
    for name in ("short", "issuer"):
        if not getattr(terms, name):
            raise Refused(_("Fill this in."), name)


def _check_period(terms: Terms) -> None:
    period = terms.period_months
    if terms.mode in ENDLESS:
        if period is not None:
            text = _("This kind of expiry has no period. Take it away, or choose another kind.")
            raise Refused(text, "period_months")
        return
    if period is None:
        raise Refused(_("Give the period in months."), "period_months")
    if not 1 <= period <= LONGEST_MONTHS:
        text = _("Give a period from 1 to %(most)s months.", most=i18n.number(LONGEST_MONTHS))
        raise Refused(text, "period_months")
    if terms.mode is ExpiryMode.YEAR_END and period % YEAR:
        text = _("Calendar years are whole: give 12, 24 or another multiple of 12 months.")
        raise Refused(text, "period_months")


def _check_fixed(terms: Terms) -> None:
    if terms.mode is not ExpiryMode.FIXED:
        if terms.fixed_on is not None:
            text = _("Only certificates that expire on a fixed date have one. Take it away.")
            raise Refused(text, "fixed_on")
        if terms.least_months:
            text = _("Only certificates that expire on a fixed date have a shortest time.")
            raise Refused(text, "least_months")
        return
    if terms.fixed_on is None:
        raise Refused(_("Give the date the expiry is counted from."), "fixed_on")
    if not 0 <= terms.least_months <= LONGEST_MONTHS:
        text = _("Give from 0 to %(most)s months.", most=i18n.number(LONGEST_MONTHS))
        raise Refused(text, "least_months")


def _check_lapse(terms: Terms) -> None:
    lapse = terms.lapse_months
    if terms.mode is ExpiryMode.SEPARATION and lapse is None:
        raise Refused(_("Say how many months after leaving it lapses."), "lapse_months")
    if lapse is not None and not 0 <= lapse <= LONGEST_MONTHS:
        text = _("Give from 0 to %(most)s months.", most=i18n.number(LONGEST_MONTHS))
        raise Refused(text, "lapse_months")


def _check_days(terms: Terms) -> None:
    longest = (terms.period_months or LONGEST_MONTHS) * DAYS_OF_YEAR // YEAR
    for name in ("window_days", "expiring_days", "grace_days"):
        days = getattr(terms, name)
        if days < 0:
            raise Refused(_("Give a number of days, or 0."), name)
        if days > longest:
            text = ngettext(
                "This is longer than the certificate lasts. Give at most %(num)s day.",
                "This is longer than the certificate lasts. Give at most %(num)s days.",
                longest,
            )
            raise Refused(text, name)


def _check_hours(terms: Terms, categories: Collection[str]) -> None:
    total = terms.renewal_minutes
    if not 0 <= total <= MOST_MINUTES:
        text = _("Give from 0 to %(most)s hours.", most=i18n.number(MOST_MINUTES // 60))
        raise Refused(text, "renewal_minutes")
    if total and terms.mode in ENDLESS:
        text = _("A certificate that no date ends is never renewed, so it asks for no hours.")
        raise Refused(text, "renewal_minutes")
    for key, minutes in terms.renewal_minima.items():
        if key not in categories:
            text = _("There is no category of hours with the key %(key)s.", key=f"“{key}”")
            raise Refused(text, "renewal_minutes")
        if minutes < 0:
            raise Refused(_("Give a number of hours, or nothing."), f"minimum_{key}")
    if sum(terms.renewal_minima.values()) > total:
        text = _("The hours by category are more than the hours in all.")
        raise Refused(text, "renewal_minutes")
