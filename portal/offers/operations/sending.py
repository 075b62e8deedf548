"""Send an offer to the candidate, and end the ones nobody answered in time."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit, clock, tokens
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.states import require_move
from portal.offers import notices, queries
from portal.offers.models import Offer, OfferLink
from portal.offers.states import OFFER_MOVES, OfferFact, OfferState
from portal.offers.terms import terms_hash


def send_offer(offer: Offer, *, by: Account) -> str:
    """Mail the candidate the letter and the single-use link; returns the token in the link.

    Raises:
        Refused: if its terms are not approved as they stand, the letter is not ready, or its last
            day is over.
    """
    require_move(OFFER_MOVES, offer.state, OfferState.SENT)
    if terms_hash(offer) != offer.terms_hash:
        raise Refused(_("The terms have changed since they were approved."))
    if offer.document is None or not offer.document.is_ready:
        raise Refused(_("The letter is still being made. Try again in a moment."))
    if last_moment(offer) <= clock.now():
        raise Refused(_("The offer would be over already."))
    offer.state, offer.sent_at = OfferState.SENT, clock.now()
    token = tokens.new_token()
    db.session.add(
        OfferLink(
            offer=offer,
            token_hash=tokens.hash_token(token),
            created_at=clock.now(),
            expires_at=last_moment(offer),
        )
    )
    audit.record(OfferFact.SENT, offer, by=by, about=offer.application.person_id)
    notices.send_letter(offer, token)
    return token


def last_moment(offer: Offer) -> datetime:
    """The end of the last day at the site: until then the candidate can answer."""
    end = datetime.combine(offer.expires_on + timedelta(days=1), time.min)
    return end.replace(tzinfo=ZoneInfo(offer.site.time_zone))


def expire_offers() -> int:
    """End every sent offer whose last day is over; returns how many. Harmless when run twice."""
    ended = 0
    for offer in db.session.scalars(queries.expired()).all():
        if last_moment(offer) > clock.now():
            continue
        # The candidate may be answering right now: only the one who still finds it sent acts.
        changed = db.session.scalar(
            sa.update(Offer)
            .where(Offer.id == offer.id, Offer.state == OfferState.SENT)
            .values(state=OfferState.EXPIRED, version=Offer.version + 1)
            .returning(Offer.id)
        )
        if changed:
            ended += 1
            db.session.refresh(offer)
            audit.record(
                OfferFact.EXPIRED,
                offer,
                by=None,
                about=offer.application.person_id,
                state=OfferState.EXPIRED,
            )
            notices.expired(offer)
    return ended
