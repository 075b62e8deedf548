"""What the parts of a review rate, how it is called, and how its score comes about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from portal.competencies.models import CompetencyVersion
from portal.core.db import Words, db
from portal.goals.models import Goal
from portal.reviews import scoring
from portal.reviews.models import PartRating, Review, ReviewPart
from portal.reviews.scoring import ReviewSteps, Subjects
from portal.reviews.states import PartKind, PartState


@dataclass(frozen=True)
class Known:
    """What the parts of a review are about."""

    review: Review
    versions: Mapping[str, CompetencyVersion]
    asked: Mapping[str, int]
    goals: Mapping[str, Goal]
    subjects: Subjects

    def name(self, subject: str) -> Words:
        """What is rated, in every language; a goal in the one it was written in."""
        version = self.versions.get(subject)
        if version is not None:
            return version.name
        goal = self.goals.get(subject)
        return {"en": goal.title} if goal else {}

    def anchor(self, subject: str, level: int | None) -> Words:
        """What the level means, as it was worded."""
        version = self.versions.get(subject)
        return dict(version.anchors[str(level)]) if version and level else {}


def known_of(review: Review) -> Known:
    """Competencies as they were pinned for the review, and the goals rated in it."""
    pinned = {f"c{row['competency_id']}": row for row in review.competencies}
    wanted = {row["version_id"]: subject for subject, row in pinned.items()}
    found = sa.select(CompetencyVersion).where(CompetencyVersion.id.in_(wanted))
    versions = {wanted[row.id]: row for row in db.session.scalars(found)}
    goals = _goals_of(rating for part in review.parts for rating in part.ratings)
    return Known(
        review,
        versions,
        {subject: int(row["level"]) for subject, row in pinned.items()},
        goals,
        scoring.subjects_of(
            review.competencies, {goal.id: float(goal.weight) for goal in goals.values()}
        ),
    )


def _goals_of(ratings: Iterable[PartRating]) -> dict[str, Goal]:
    keys = {rating.goal_id for rating in ratings if rating.goal_id is not None}
    if not keys:
        return {}
    found = sa.select(Goal).where(Goal.id.in_(keys)).order_by(Goal.weight.desc(), Goal.id)
    return {f"g{row.id}": row for row in db.session.scalars(found)}


def steps_of(review: Review) -> ReviewSteps:
    """How the score comes about from the scores of the parts that were handed in."""
    scores: dict[PartKind, list[float | None]] = {}
    for part in review.parts:
        if part.state is PartState.SUBMITTED:
            scores.setdefault(part.kind, []).append(part.score)
    return scoring.score_review(weights_of(review), scores, review.cycle.least_raters)


def weights_of(review: Review) -> dict[PartKind, float]:
    """The weight of each kind in the cycle, in the order of the kinds."""
    return {kind: float(review.cycle.weight(kind)) for kind in PartKind}


def subjects_of(review: Review) -> Subjects:
    """What the parts of a review rate, with weights."""
    return known_of(review).subjects


def levels_of(part: ReviewPart) -> dict[str, int | None]:
    """Level by subject."""
    return {rating.subject: rating.level for rating in part.ratings}
