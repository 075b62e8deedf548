"""Take a candidate's name and words out of offers; terms and times stay for the statistics."""

from __future__ import annotations

from portal.core.db import db
from portal.core.files.removal import remove
from portal.hiring.models import Application
from portal.offers import notices, queries
from portal.offers.models import Acceptance, Offer


def erase_offers(application: Application) -> None:
    """Empty the answers to offers on an application and delete letters, mails and notices."""
    for offer in db.session.scalars(queries.offers_of(application.id)).all():
        notices.forget(offer)
        if offer.acceptance is not None:
            _blank(offer.acceptance)
        _delete_letter(offer)


def _blank(answer: Acceptance) -> None:
    answer.typed_name = answer.consent_text = answer.note = ""
    answer.address = answer.browser = ""


def _delete_letter(offer: Offer) -> None:
    if offer.document is None:
        return
    document, offer.document = offer.document, None
    stored = document.file
    db.session.flush()
    db.session.delete(document)
    db.session.flush()
    if stored is not None:
        remove(stored)
