"""Fills a letter template: named placeholders only, so that a template can never run code."""

from __future__ import annotations

import re
from collections.abc import Mapping

from flask_babel import force_locale
from flask_babel import gettext as _

from portal.core.brand import brand
from portal.core.db import Json
from portal.core.errors import Refused
from portal.core.i18n import LOCALES, date, money, words
from portal.offers.models import Offer

PLACEHOLDER = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
PARTS = ("subject", "greeting", "closing", "consent")
KNOWN = frozenset(
    {
        "candidate_name",
        "role_title",
        "site_name",
        "organisation_name",
        "start_date",
        "pay",
        "manager_name",
        "expires_on",
        "bonus",
        "benefits",
        "probation_months",
    }
)


def values_of(offer: Offer) -> dict[str, str]:
    """What the placeholders stand for, in the letter's language; empty where nothing is agreed."""
    language = offer.language
    with force_locale(language):
        pay = _(
            "%(amount)s %(period)s",
            amount=money(offer.pay, offer.pay_currency),
            period=str(offer.pay_period.label),
        )
        bonus = (
            _(
                "up to %(percent)s %% of yearly pay, against quarterly targets",
                percent=offer.bonus_percent,
            )
            if offer.bonus_percent
            else ""
        )
        joint = "、" if language == "ja" else "; "
        return {
            "candidate_name": offer.application.display_name,
            "role_title": words(offer.role.title, language),
            "site_name": words(offer.site.name, language),
            "organisation_name": brand().name,
            "start_date": date(offer.starts_on, "long"),
            "pay": pay,
            "manager_name": offer.manager.display_name,
            "expires_on": date(offer.expires_on, "long"),
            "bonus": bonus,
            "benefits": joint.join(words(each, language) for each in offer.benefits),
            "probation_months": str(offer.probation_months) if offer.probation_months else "",
        }


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with every placeholder replaced."""
    return PLACEHOLDER.sub(lambda match: values[match[1]], text)


def paragraphs(content: Json, values: Mapping[str, str]) -> tuple[str, ...]:
    """The body; a paragraph about a term that is not agreed is left out."""
    return tuple(
        fill(text, values)
        for text in content["body"]
        if all(values[name] for name in PLACEHOLDER.findall(text))
    )


def check_content(content: Json) -> None:
    """Check a letter template before it is kept.

    Raises:
        Refused: naming the field, if a language or part is missing or a placeholder is unknown.
    """
    for language in LOCALES:
        letter = content.get(language) or {}
        for part in (*PARTS, "body"):
            text = letter.get(part) or ""
            field = f"{language}-{part}"
            if not text:
                raise Refused(_("This part of the letter is empty."), field=field)
            joined = "\n".join(text) if isinstance(text, list) else text
            unknown = set(PLACEHOLDER.findall(joined)) - KNOWN
            if unknown or "{%" in joined or "{#" in joined:
                raise Refused(
                    _("Unknown placeholder: %(names)s", names=", ".join(sorted(unknown)) or "{%"),
                    field=field,
                )
