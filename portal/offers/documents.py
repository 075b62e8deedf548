"""The offer letter as a paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_babel import force_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.core import documents
from portal.core.access import Viewer
from portal.core.db import db
from portal.core.documents import Document
from portal.core.i18n import words
from portal.offers import letters, policy
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
    content = offer.letter_template.content[offer.language]
    values = letters.values_of(offer)
    return OfferLetter(
        subject=letters.fill(content["subject"], values),
        recipient=values["candidate_name"],
        recipient_email=offer.application.email,
        place_and_site=values["site_name"],
        greeting=letters.fill(content["greeting"], values),
        paragraphs=letters.paragraphs(content, values),
        terms=_terms(offer, values),
        benefits=tuple(words(each, offer.language) for each in offer.benefits),
        **_ending(letters.fill(content["closing"], values)),
    )


def _ending(text: str) -> dict[str, Any]:
    """The closing's paragraphs, the short lines of the farewell, and the last one, which signs."""
    *lines, signature = [line.strip() for line in text.splitlines() if line.strip()]
    at = len(lines)
    while at and len(lines[at - 1]) <= FAREWELL:
        at -= 1
    return {"closing": tuple(lines[:at]), "farewell": tuple(lines[at:]), "signature": signature}


def _terms(offer: Offer, values: dict[str, str]) -> tuple[tuple[str, str], ...]:
    with force_locale(offer.language):
        rows = (
            (_("Role"), values["role_title"]),
            (_("Place of work"), values["site_name"]),
            (_("First day"), values["start_date"]),
            (_("Gross pay"), values["pay"]),
            (_("Bonus"), values["bonus"]),
            (_("Shift"), offer.shift),
            (_("Probation"), _months(offer.probation_months)),
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


documents.register_kind(KIND, _l("Offer letter"), may_read)
