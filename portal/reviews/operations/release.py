"""Releasing results: from now on the person reads the review and talks about it."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit, clock
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.states import require_move
from portal.reviews import policy, result_notices
from portal.reviews.models import Review
from portal.reviews.states import REVIEW_MOVES, ReviewsFact, ReviewState


def release(review: Review, *, by: Account) -> None:
    """Let the person read the review.

    Raises:
        Refused: if it is one's own, or not at this point.

    """
    if policy.is_about(by, review):
        raise Refused(_("Somebody else has to release your review."))
    require_move(REVIEW_MOVES, review.state, ReviewState.RELEASED)
    review.state = ReviewState.RELEASED
    review.released_at = clock.now()
    audit.record(ReviewsFact.RELEASED, review, by=by)
    result_notices.released(review)


def release_many(review_ids: Iterable[int], cycle_id: int, *, by: Account) -> int:
    """Release those of the reviews that can be; how many there were.

    Others were released in the meantime, or are one's own.
    """
    chosen = (
        sa.select(Review)
        .where(Review.id.in_(list(review_ids)), Review.cycle_id == cycle_id)
        .order_by(Review.id)
        .with_for_update(of=Review)
        .execution_options(populate_existing=True)
    )
    found = [one for one in db.session.scalars(chosen) if policy.release(by, one)]
    for review in found:
        release(review, by=by)
    return len(found)
