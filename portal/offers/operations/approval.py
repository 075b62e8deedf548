"""Send an offer for approval, approve exactly its terms, or refuse them."""

from __future__ import annotations

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit, clock
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.states import require_move
from portal.offers import documents, notices
from portal.offers.models import Offer, OfferApproval
from portal.offers.states import OFFER_MOVES, OfferFact, OfferState
from portal.offers.terms import approvals_needed, terms_hash


def submit_offer(offer: Offer, *, by: Account) -> None:
    """Ask for approval of the present terms.

    Raises:
        Refused: if it is not a draft.
    """
    require_move(OFFER_MOVES, offer.state, OfferState.IN_APPROVAL)
    offer.state = OfferState.IN_APPROVAL
    audit.record(OfferFact.SUBMITTED, offer, by=by, about=offer.application.person_id)
    notices.ask_approval(offer, by=by)


def approve_offer(offer: Offer, *, seen_terms: str, note: str, by: Account) -> None:
    """Approve the terms whose hash the approver saw; enough approvals make the letter.

    Raises:
        Refused: if the terms changed meanwhile, the approver made the offer or has decided, or it
            is not in approval.
    """
    db.session.scalar(sa.select(Offer.id).where(Offer.id == offer.id).with_for_update())
    _decide(offer, agreed=True, seen_terms=seen_terms, note=note, by=by)
    audit.record(OfferFact.APPROVED, offer, by=by, about=offer.application.person_id)
    if count_approvals(offer) >= approvals_needed(offer):
        require_move(OFFER_MOVES, offer.state, OfferState.APPROVED)
        offer.state = OfferState.APPROVED
        offer.document = documents.issue_letter(offer, by=by)
        notices.approved(offer)


def refuse_offer(offer: Offer, *, seen_terms: str, note: str, by: Account) -> None:
    """Say no to these terms, with a reason; the offer is a draft again.

    Raises:
        Refused: as for approving, or if the reason is missing.
    """
    if not note.strip():
        raise Refused(_("Say what should change."), field="note")
    _decide(offer, agreed=False, seen_terms=seen_terms, note=note, by=by)
    offer.state = OfferState.DRAFT
    audit.record(OfferFact.REFUSED, offer, by=by, about=offer.application.person_id)
    notices.refused(offer, note=note)


def _decide(offer: Offer, *, agreed: bool, seen_terms: str, note: str, by: Account) -> None:
    if offer.state is not OfferState.IN_APPROVAL:
        raise Refused(_("This offer is not waiting for approval."))
    if by.id == offer.created_by_id:
        raise Refused(_("A second person must approve: you made this offer yourself."))
    if seen_terms != terms_hash(offer):
        raise Refused(_("The terms have changed since you opened them. Look at them again."))
    if any(a.account_id == by.id and a.terms_hash == offer.terms_hash for a in offer.approvals):
        raise Refused(_("You have decided on these terms already."))
    offer.approvals.append(
        OfferApproval(
            account_id=by.id,
            terms_hash=offer.terms_hash,
            agreed=agreed,
            note=note.strip(),
            decided_at=clock.now(),
        )
    )
    db.session.flush()


def count_approvals(offer: Offer) -> int:
    """How many approvals hold for the present terms; those of other terms don't count."""
    return sum(a.agreed and a.terms_hash == offer.terms_hash for a in offer.approvals)
