"""The offer letter as a paper."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask_babel import force_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.core import documents
from portal.core.access import Viewer
from portal.core.brand import brand
from portal.core.db import Json, db
from portal.core.documents import Document
from portal.core.i18n import date, money, words
from portal.offers import letters, policy
from portal.offers.letters import Letter, Values
from portal.offers.models import Offer

KIND = "offer_letter"
FAREWELL = 30
"""How many characters “Yours sincerely,” may have at most to stand apart from the text."""


@dataclass(frozen=True)
class OfferLetter:
    """Everything the letter shows, as text in its language."""

    subject: str
    recipient: str
    recipient_email: str
    place_and_site: str
    greeting: str
    paragraphs: tuple[str, ...]
    terms: tuple[tuple[str, str], ...]
    benefits: tuple[str, ...]
    closing: tuple[str, ...]
    farewell: tuple[str, ...]
    signature: str


def issue_letter(offer: Offer, *, by: Viewer | None) -> Document:
    """Freeze the letter of an approved offer and have it printed once."""
    return documents.issue(
        KIND,
        letter_of(offer),
        subject=offer,
        locale=offer.language,
        by=by,
        country=offer.site.country,
        time_zone=offer.site.time_zone,
    )


def letter_of(offer: Offer) -> OfferLetter:
    """The letter an offer makes, in the candidate's language."""
    language = offer.language
    with force_locale(language):
        shown = {
            "email": offer.application.email,
            "shift": offer.shift,
            "probation": _months(offer.probation_months),
        }
    values = values_of(offer) | shown
    benefits = tuple(words(each, language) for each in offer.benefits)
    return paper(offer.letter_template.content[language], values, language, benefits)


def consent_of(offer: Offer) -> str:
    """What the candidate agrees to when accepting, in the letter's language."""
    return letters.fill(offer.letter_template.content[offer.language]["consent"], values_of(offer))


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


def paper(
    content: Json, values: Values, language: str, benefits: tuple[str, ...] = ()
) -> OfferLetter:
    """The paper of one language's text; beside placeholders, values may say what a page sums up."""
    return OfferLetter(
        subject=letters.fill(content["subject"], values),
        recipient=values["candidate_name"],
        recipient_email=values.get("email", ""),
        place_and_site=values["site_name"],
        greeting=letters.fill(content["greeting"], values),
        paragraphs=letters.paragraphs(content, values),
        terms=_terms(values, language),
        benefits=benefits,
        **_ending(letters.fill(content["closing"], values)),
    )


def _ending(text: str) -> dict[str, Any]:
    """The closing's paragraphs, the short lines of the farewell, and the last one, which signs."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    # A closing that is one placeholder says nothing where that is not agreed.
    signature = lines.pop() if lines else ""
    at = len(lines)
    while at and len(lines[at - 1]) <= FAREWELL:
        at -= 1
    return {"closing": tuple(lines[:at]), "farewell": tuple(lines[at:]), "signature": signature}


def _terms(values: Values, language: str) -> tuple[tuple[str, str], ...]:
    with force_locale(language):
        rows = (
            (_("Role"), values["role_title"]),
            (_("Place of work"), values["site_name"]),
            (_("First day"), values["start_date"]),
            (_("Gross pay"), values["pay"]),
            (_("Bonus"), values["bonus"]),
            (_("Shift"), values.get("shift", "")),
            (_("Probation"), values.get("probation", values["probation_months"])),
            (_("Manager"), values["manager_name"]),
            (_("Answer by"), values["expires_on"]),
        )
    return tuple((label, value) for label, value in rows if value)


def _months(number: int) -> str:
    return ngettext("%(num)s month", "%(num)s months", number) if number else ""


def may_read(viewer: Viewer, document: Document) -> bool:
    """Whoever may see the offer may read its letter."""
    offer = db.session.get(Offer, document.subject_id)
    return offer is not None and policy.see_offer(viewer, offer)


LETTER = Letter(
    key="standard",
    label=_l("Offer letter"),
    hint=_l(
        "These are filled in for each candidate. A paragraph about a bonus, benefits or probation "
        "that is not agreed is left out."
    ),
    parts=("subject", "greeting", "body", "closing", "consent"),
    placeholders=frozenset(
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
    ),
    starter=Path(__file__).parent / "starter" / "letters.toml",
    template=KIND,
    paper=paper,
)

letters.register_letter(LETTER)
documents.register_kind(KIND, _l("Offer letter"), may_read)
