"""States of an offer, its moves, and what is recorded."""

from flask_babel import lazy_gettext as _l

from portal.core.audit import Fact
from portal.core.states import Moves, State, Tone


class OfferState(State):
    """Where an offer stands."""

    DRAFT = "draft", _l("Draft"), Tone.NEUTRAL, "circle"
    IN_APPROVAL = "in_approval", _l("In approval"), Tone.WARN, "hourglass-split"
    APPROVED = "approved", _l("Approved"), Tone.OK, "check-circle"
    SENT = "sent", _l("Sent"), Tone.INFO, "envelope"
    ACCEPTED = "accepted", _l("Accepted"), Tone.OK, "person-check"
    DECLINED = "declined", _l("Declined"), Tone.BAD, "x-circle"
    EXPIRED = "expired", _l("Expired"), Tone.BAD, "clock"
    WITHDRAWN = "withdrawn", _l("Withdrawn"), Tone.NEUTRAL, "slash-circle"


OFFER_MOVES: Moves[OfferState] = {
    OfferState.DRAFT: frozenset({OfferState.IN_APPROVAL, OfferState.WITHDRAWN}),
    OfferState.IN_APPROVAL: frozenset(
        {OfferState.DRAFT, OfferState.APPROVED, OfferState.WITHDRAWN}
    ),
    OfferState.APPROVED: frozenset({OfferState.DRAFT, OfferState.SENT, OfferState.WITHDRAWN}),
    OfferState.SENT: frozenset(
        {OfferState.ACCEPTED, OfferState.DECLINED, OfferState.EXPIRED, OfferState.WITHDRAWN}
    ),
    OfferState.ACCEPTED: frozenset(),
    OfferState.DECLINED: frozenset(),
    OfferState.EXPIRED: frozenset({OfferState.DRAFT}),
    OfferState.WITHDRAWN: frozenset({OfferState.DRAFT}),
}


class OfferFact(Fact):
    """What the trail records of offers."""

    MADE = "offer.made", _l("Offer made")
    CHANGED = "offer.changed", _l("Offer terms changed")
    SUBMITTED = "offer.submitted", _l("Offer sent for approval")
    APPROVED = "offer.approved", _l("Offer terms approved")
    REFUSED = "offer.refused", _l("Offer terms refused")
    SENT = "offer.sent", _l("Offer sent")
    OPENED = "offer.opened", _l("Offer opened by the candidate")
    ACCEPTED = "offer.accepted", _l("Offer accepted")
    DECLINED = "offer.declined", _l("Offer declined")
    EXPIRED = "offer.expired", _l("Offer expired")
    WITHDRAWN = "offer.withdrawn", _l("Offer withdrawn")
    LETTER_CHANGED = "letter_template.changed", _l("Letter template changed")
