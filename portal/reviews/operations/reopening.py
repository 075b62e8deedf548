"""Reopening a signed review: a new edition, while the first stays as it was signed."""

from __future__ import annotations

from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit
from portal.core.errors import Refused
from portal.core.states import require_move
from portal.reviews import policy, result_notices
from portal.reviews.models import Review
from portal.reviews.states import REVIEW_MOVES, ReviewsFact, ReviewState


def reopen(review: Review, *, reason: str, by: Account) -> None:
    """Take a signed review back to the comparison; both sign again afterwards.

    Raises:
        Refused: if it is not signed, one's own, or there is no reason.

    """
    if policy.is_about(by, review):
        raise Refused(_("Somebody else has to reopen your review."))
    require_move(REVIEW_MOVES, review.state, ReviewState.CALIBRATION)
    if review.state is not ReviewState.SIGNED:
        raise Refused(_("Only a signed review can be reopened."))
    if not reason.strip():
        raise Refused(_("Say why, in a sentence."), field="reason")
    review.state = ReviewState.CALIBRATION
    review.edition += 1
    review.note = reason.strip()
    review.signed_at = review.released_at = None
    audit.record(ReviewsFact.REOPENED, review, by=by)
    result_notices.reopened(review)
