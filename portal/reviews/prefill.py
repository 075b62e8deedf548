"""What a writer finds beside the questions: goals, figures, evidence, thanks and commitments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from portal.core import clock
from portal.core.db import db
from portal.goals.figures import progress_of
from portal.goals.models import Goal
from portal.goals.progress import Progress
from portal.meetings.models import MeetingAction
from portal.reviews import queries
from portal.reviews.material import Material, material_of
from portal.reviews.models import Review, ReviewPart
from portal.reviews.states import PartKind, PartState

MOST_COMMITMENTS = 12


@dataclass(frozen=True)
class Prefill:
    """What happened in the period; commitments are those of the writer and the person alone."""

    material: Material
    progress: Mapping[str, Progress]
    commitments: Sequence[MeetingAction]
    self_review: ReviewPart | None


def prefill_of(part: ReviewPart, goals: Iterable[Goal]) -> Prefill | None:
    """What stands beside a part; peers and direct reports see nothing that is not theirs to see."""
    if part.kind not in {PartKind.SELF, PartKind.MANAGER}:
        return None
    review = part.review
    rows = list(goals)
    day = min(review.cycle.ends_on, clock.today())
    progress = progress_of(rows, day) if rows else {}
    return Prefill(
        material_of(review),
        {f"g{key}": one for key, one in progress.items()},
        _commitments(part),
        _self_review(part),
    )


def _commitments(part: ReviewPart) -> Sequence[MeetingAction]:
    """What the person and the manager promised each other in their 1:1s of the period."""
    review = part.review
    other = review.manager_id if part.kind is PartKind.SELF else part.author_id
    if other is None:
        return ()
    found = queries.commitments_of(review, other)
    return db.session.scalars(found.limit(MOST_COMMITMENTS)).all()


def _self_review(part: ReviewPart) -> ReviewPart | None:
    """What the person wrote, once it is handed in; for the manager."""
    if part.kind is not PartKind.MANAGER:
        return None
    review: Review = db.session.scalars(queries.review_in_full(part.review_id)).one()
    return next(
        (
            one
            for one in review.parts
            if one.kind is PartKind.SELF and one.state is PartState.SUBMITTED
        ),
        None,
    )
