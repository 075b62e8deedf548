"""Making the result: what is not handed in is left out, and the score stands."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.accounts.models import Account
from portal.core import audit, clock, i18n
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.states import require_move
from portal.reviews import packet, policy, queries, scoring
from portal.reviews.models import Review, ReviewCycle, ReviewPart
from portal.reviews.states import (
    PART_MOVES,
    REVIEW_MOVES,
    PartKind,
    PartState,
    ReviewsFact,
    ReviewState,
)

OPEN = frozenset({PartState.NAMED, PartState.OPEN})


def make_result(review: Review, *, by: Account | None) -> None:
    """Make the score of a review; parts that are past due and not handed in stay unused.

    The result starts as the score rounded to the nearest half.

    Raises:
        Refused: if it is the reader's own, the manager's part is missing, or parts may still come.

    """
    if by is not None and policy.is_about(by, review):
        raise Refused(_("Nobody makes their own result."))
    # Whoever hands in a part at this moment waits, or is too late.
    db.session.refresh(review, ["state", "version"], with_for_update=True)
    require_move(REVIEW_MOVES, review.state, ReviewState.CALIBRATION)
    if reason := why_not(review):
        raise Refused(reason)
    for part in review.parts:
        if part.state in OPEN:
            require_move(PART_MOVES, part.state, PartState.UNUSED)
            part.state = PartState.UNUSED
    _score(review)
    review.state = ReviewState.CALIBRATION
    review.rated_at = clock.now()
    audit.record(ReviewsFact.RATED, review, by=by)


def why_not(review: Review) -> str:
    """Why the result cannot be made yet, in words; empty if it can."""
    cycle = review.cycle
    if _missing_manager(review):
        return str(_("The manager's part is not handed in yet."))
    waiting = [part for part in review.parts if part.state in OPEN and not _is_past(part, cycle)]
    if not waiting:
        return ""
    return str(
        ngettext(
            "One part may still come until %(day)s.",
            "%(num)s parts may still come until %(day)s.",
            len(waiting),
            day=i18n.date(cycle.parts_due_on),
        )
    )


def _missing_manager(review: Review) -> bool:
    handed = any(
        part.kind is PartKind.MANAGER and part.state is PartState.SUBMITTED for part in review.parts
    )
    return bool(review.cycle.weight(PartKind.MANAGER)) and not handed


def _is_past(part: ReviewPart, cycle: ReviewCycle) -> bool:
    """A manager's second part, left over from a handover, waits for nobody."""
    return part.kind is PartKind.MANAGER or _due_on(part, cycle) < clock.today()


def _due_on(part: ReviewPart, cycle: ReviewCycle) -> date:
    return cycle.peers_due_on if part.state is PartState.NAMED else cycle.parts_due_on


def _score(review: Review) -> None:
    """Score each part by today's weights of its goals, and all of them together."""
    subjects = packet.subjects_of(review)
    template = review.cycle.template
    for part in review.parts:
        if part.state is PartState.SUBMITTED:
            sections = template.sections_of(part.kind)
            part.score = scoring.score_part(sections, packet.levels_of(part), subjects).score
    review.score = packet.steps_of(review).score
    review.rating = scoring.first_rating(review.score)


def make_results(cycle: ReviewCycle, *, by: Account) -> int:
    """Make every result of a cycle that can be made; how many there were."""
    made = 0
    writing = sa.select(Review.id).where(
        Review.cycle_id == cycle.id,
        Review.state == ReviewState.WRITING,
        Review.person_id != by.person_id,
    )
    for review_id in list(db.session.scalars(writing.order_by(Review.id))):
        review = db.session.scalars(queries.whole_review(review_id)).unique().one()
        if not why_not(review):
            make_result(review, by=by)
            made += 1
    return made
