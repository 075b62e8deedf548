"""A review with everything its page shows."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from portal.people.models import Employment, Person, Team
from portal.reviews.models import (
    CalibrationChange,
    Review,
    ReviewCycle,
    ReviewPart,
    ReviewSignature,
)

WHOLE = (
    joinedload(Review.cycle, innerjoin=True).joinedload(ReviewCycle.template, innerjoin=True),
    joinedload(Review.person, innerjoin=True)
    .selectinload(Person.employments)
    .joinedload(Employment.team, innerjoin=True),
    joinedload(Review.manager),
    joinedload(Review.role, innerjoin=True),
    joinedload(Review.team, innerjoin=True).joinedload(Team.site, innerjoin=True),
    selectinload(Review.parts).joinedload(ReviewPart.author, innerjoin=True),
    selectinload(Review.parts).selectinload(ReviewPart.ratings),
    selectinload(Review.signatures).joinedload(ReviewSignature.person, innerjoin=True),
    selectinload(Review.changes).joinedload(CalibrationChange.changed_by, innerjoin=True),
    selectinload(Review.records),
)


def whole_review(review_id: int) -> sa.Select[Any]:
    """A review ready for its packet."""
    return sa.select(Review).where(Review.id == review_id).options(*WHOLE)
