"""Changing a result in comparison with others, always with a reason that stays."""

from __future__ import annotations

from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit, clock
from portal.core.db import db
from portal.core.errors import Refused
from portal.reviews import policy
from portal.reviews.models import CalibrationChange, Review
from portal.reviews.states import ReviewsFact, ReviewState


def change_rating(review: Review, *, rating: float, reason: str, by: Account) -> CalibrationChange:
    """Give a review another result, and say why.

    Raises:
        Refused: if the result is one's own, released already or not made, stays the same, or no
            reason is given.

    """
    if review.state is not ReviewState.CALIBRATION:
        raise Refused(_("Only results that are being compared can be changed."))
    if not policy.calibrate(by, review):
        raise Refused(_("Somebody else has to look at this result."))
    if rating == review.rating:
        raise Refused(_("That is the result already."), field="rating")
    if not reason.strip():
        raise Refused(_("Say why, in a sentence."), field="reason")
    now = clock.now()
    change = CalibrationChange(
        review_id=review.id,
        edition=review.edition,
        before=review.rating,
        after=rating,
        reason=reason.strip(),
        changed_at=now,
        changed_by_id=by.id,
    )
    review.rating, review.calibrated_at = rating, now
    review.changes.append(change)
    db.session.flush()
    audit.record(ReviewsFact.CALIBRATED, review, by=by)
    return change
