"""Rules told in words, in the reader's language, and what changed from one to the next."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from typing import NamedTuple

from babel.lists import format_list
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.certification.models import CertificationVersion, Criterion, Mandate
from portal.certification.states import ExpiryMode
from portal.core import i18n
from portal.core.db import Words

MINUTES = 60
Categories = Mapping[str, Words]
"""The names of the categories of continuing education by their keys."""


class Change(NamedTuple):
    """One thing that a version says otherwise than the one before."""

    label: str
    before: str
    after: str


def rule_in_words(version: CertificationVersion, categories: Categories) -> list[str]:
    """The whole rule, a sentence each for expiry, leaving, renewal, warning, grace and checking."""
    sentences = [expiry_in_words(version)]
    if version.period_months is not None:
        sentences += [
            _least(version),
            _leaving(version),
            _window(version),
            _warning(version),
            _grace(version),
            _hours(version, categories),
        ]
    sentences.append(_check(version))
    return [sentence for sentence in sentences if sentence]


def expiry_in_words(version: CertificationVersion) -> str:
    """When an award ends, in one sentence."""
    months = version.period_months or 0
    match version.mode:
        case ExpiryMode.NONE | ExpiryMode.SEPARATION:
            return _endless(version)
        case ExpiryMode.COMPLETION:
            return ngettext(
                "Valid for %(num)s month from the day it is completed.",
                "Valid for %(num)s months from the day it is completed.",
                months,
            )
        case ExpiryMode.PREVIOUS_EXPIRY:
            return ngettext(
                "Valid for %(num)s month from the previous expiry.",
                "Valid for %(num)s months from the previous expiry.",
                months,
            )
        case ExpiryMode.MONTH_END:
            return ngettext(
                "Valid for %(num)s month, to the end of the month.",
                "Valid for %(num)s months, to the end of the month.",
                months,
            )
        case ExpiryMode.YEAR_END:
            return ngettext(
                "Valid until 31 December of the year it is completed in.",
                "Valid until 31 December, for %(num)s calendar years.",
                months // 12,
            )
        case ExpiryMode.FIXED:
            return _fixed(version, months)


def hours(minutes: int) -> str:
    """``120`` minutes as ``2 hours``."""
    amount = minutes / MINUTES
    return ngettext("%(hours)s hour", "%(hours)s hours", ceil(amount), hours=i18n.number(amount))


def changes(
    before: CertificationVersion, after: CertificationVersion, categories: Categories
) -> list[Change]:
    """What a version says otherwise than an earlier one of the same certification."""
    was, now = _facts(before, categories), _facts(after, categories)
    labels = list(dict.fromkeys([*now, *was]))
    return [
        Change(label, was.get(label, ""), now.get(label, ""))
        for label in labels
        if was.get(label) != now.get(label)
    ]


def _facts(version: CertificationVersion, categories: Categories) -> dict[str, str]:
    needed = [row.required for row in version.prerequisites]
    names = [i18n.words(row.current.name) if row.current else row.key for row in needed]
    return {
        _("Name"): i18n.words(version.name),
        _("Abbreviation"): version.short,
        _("Issuer"): version.issuer,
        _("Description"): i18n.words(version.description),
        _("Rule"): " ".join(rule_in_words(version, categories)),
        _("Criteria"): "\n".join(map(_criterion, version.criteria)),
        _("Prerequisites"): listed(names),
        _("Applies from"): i18n.date(version.effective_from),
    }


def _criterion(row: Criterion) -> str:
    course = i18n.words(row.course.title) if row.course else None
    asked = [str(row.kind.label), i18n.words(row.text), course, when_asked(row)]
    asked.append(_("File") if row.needs_file else None)
    return " · ".join(part for part in asked if part)


def when_asked(row: Criterion) -> str:
    """Whether a criterion is asked for at the first award, at renewal, or both."""
    if row.at_first and row.at_renewal:
        return _("Each time")
    return _("First certificate") if row.at_first else _("Renewal")


def whom(mandate: Mandate) -> str:
    """The conditions of a mandate, one beside the other."""
    named = (mandate.team, mandate.site, mandate.queue)
    role = i18n.words(mandate.role.title) if mandate.role else None
    return " · ".join(
        part for part in (role, *(one and i18n.words(one.name) for one in named)) if part
    )


def listed(parts: list[str]) -> str:
    """``A, B and C`` as the reader's language writes it."""
    return format_list(parts, locale=i18n.current_locale()) if parts else ""


def _fixed(version: CertificationVersion, months: int) -> str:
    day = i18n.date(version.fixed_on)
    return ngettext(
        "Expires on %(day)s and every %(num)s month after it.",
        "Expires on %(day)s and every %(num)s months after it.",
        months,
        day=day,
    )


def _least(version: CertificationVersion) -> str:
    if not version.least_months:
        return ""
    return ngettext(
        "It lasts at least %(num)s month.",
        "It lasts at least %(num)s months.",
        version.least_months,
    )


def _endless(version: CertificationVersion) -> str:
    if version.lapse_months is None:
        return _("Never expires.")
    if version.lapse_months == 0:
        return _("No date ends it. It lapses with the last day of employment.")
    return ngettext(
        "No date ends it. It lapses %(num)s month after the last day of employment, unless the "
        "person returns.",
        "No date ends it. It lapses %(num)s months after the last day of employment, unless the "
        "person returns.",
        version.lapse_months,
    )


def _leaving(version: CertificationVersion) -> str:
    if version.lapse_months is None:
        return ""
    if version.lapse_months == 0:
        return _("Lapses with the last day of employment.")
    return ngettext(
        "Lapses %(num)s month after the last day of employment, unless the person returns.",
        "Lapses %(num)s months after the last day of employment, unless the person returns.",
        version.lapse_months,
    )


def _window(version: CertificationVersion) -> str:
    return ngettext(
        "Renewal opens %(num)s day before the last valid day.",
        "Renewal opens %(num)s days before the last valid day.",
        version.window_days,
    )


def _warning(version: CertificationVersion) -> str:
    if not version.expiring_days:
        return ""
    return ngettext(
        "It shows as expiring on its last %(num)s day.",
        "It shows as expiring on its last %(num)s days.",
        version.expiring_days,
    )


def _grace(version: CertificationVersion) -> str:
    if not version.grace_days:
        return _("There is no grace after it.")
    return ngettext(
        "It holds good for %(num)s day of grace after it.",
        "It holds good for %(num)s days of grace after it.",
        version.grace_days,
    )


def _hours(version: CertificationVersion, categories: Categories) -> str:
    if not version.renewal_minutes:
        return ""
    total = hours(version.renewal_minutes)
    if not version.renewal_minima:
        return _("Renewal asks for %(hours)s of continuing education.", hours=total)
    minima = [
        _("%(hours)s of %(category)s", hours=hours(minutes), category=_category(key, categories))
        for key, minutes in version.renewal_minima.items()
    ]
    return _(
        "Renewal asks for %(hours)s of continuing education, of them at least %(minima)s.",
        hours=total,
        minima=listed(minima),
    )


def _category(key: str, categories: Categories) -> str:
    return i18n.words(categories.get(key)) or key


def _check(version: CertificationVersion) -> str:
    if version.needs_check:
        return _("A second person checks the evidence.")
    return _("Nobody needs to check the evidence.")
