"""How the score of a review comes about, step by step; pure arithmetic, no database.

Every mean here leaves out what is missing: what nobody rated, handed in or asked for counts for
nothing, neither for nor against. So a missing piece leaves the denominator.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from portal.core.db import Json
from portal.reviews.states import PartKind, SectionKind

NAMELESS = frozenset({PartKind.PEER, PartKind.UPWARD})
"""Kinds whose authors stay unnamed; they count from a least number of them on."""

HALF = 2
"""A result is given in halves."""


class Unused(StrEnum):
    """Why a kind of part counts for nothing."""

    MISSING = "missing"
    TOO_FEW = "too_few"
    UNRATED = "unrated"


@dataclass(frozen=True)
class SectionStep:
    """One section of a part: its weight, how many ratings it holds, and their weighted mean."""

    key: str
    weight: float
    rated: int
    score: float


@dataclass(frozen=True)
class PartSteps:
    """The sections of a part that hold a rating, and their weighted mean."""

    sections: tuple[SectionStep, ...]
    score: float | None


@dataclass(frozen=True)
class KindStep:
    """One kind of part: its weight, how many were handed in and rated, and the mean of those.

    ``unused`` says why there is no score.
    """

    kind: PartKind
    weight: float
    handed_in: int
    rated: int
    score: float | None
    unused: Unused | None = None


@dataclass(frozen=True)
class ReviewSteps:
    """All kinds with a weight, and the weighted mean of the used ones."""

    kinds: tuple[KindStep, ...]
    score: float | None

    @property
    def used(self) -> tuple[KindStep, ...]:
        """The kinds that count."""
        return tuple(step for step in self.kinds if step.score is not None)

    @property
    def weighted(self) -> float:
        """The numerator: the sum of weight times score."""
        return math.fsum(step.weight * (step.score or 0) for step in self.used)

    @property
    def weight(self) -> float:
        """The denominator: the weights of what is used."""
        return math.fsum(step.weight for step in self.used)


@dataclass(frozen=True)
class Subjects:
    """What sections of competencies and goals rate: subject (``c3``, ``g7``) to its weight."""

    competencies: Mapping[str, float]
    goals: Mapping[str, float]

    def of(self, kind: SectionKind) -> Mapping[str, float]:
        """The subjects a section of this kind rates."""
        known = {SectionKind.COMPETENCIES: self.competencies, SectionKind.GOALS: self.goals}
        return known.get(kind, {})


def subjects_of(competencies: Iterable[Json], goals: Mapping[int, float]) -> Subjects:
    """The subjects of a review: its pinned competencies, and goal id to weight."""
    return Subjects(
        {f"c{row['competency_id']}": float(row.get("weight") or 0) for row in competencies},
        {f"g{goal_id}": float(weight or 0) for goal_id, weight in goals.items()},
    )


def weighted_mean(pairs: Iterable[tuple[float, float]]) -> float | None:
    """``Σ(weight · value) ÷ Σ(weight)`` of (weight, value) pairs, ``None`` of none.

    If no pair has a weight, all count alike.
    """
    found = list(pairs)
    if not found:
        return None
    total = math.fsum(weight for weight, _value in found)
    if total <= 0:
        found, total = [(1.0, value) for _weight, value in found], float(len(found))
    mean = math.fsum(weight * value for weight, value in found) / total
    values = [value for _weight, value in found]
    # Rounding of the last digit must not leave the scale.
    return min(max(mean, min(values)), max(values))


def score_part(
    sections: Sequence[Json], levels: Mapping[str, int | None], subjects: Subjects
) -> PartSteps:
    """The score of one part from its levels by subject; ``None`` is a subject nobody could tell.

    A section is ``Σ(weight of subject · level) ÷ Σ(weight of subject)`` over its rated subjects,
    the part ``Σ(weight of section · section) ÷ Σ(weight of section)`` over its rated sections.
    """
    steps = []
    for section in sections:
        known = subjects.of(SectionKind(section["kind"]))
        pairs = [
            (weight, float(level))
            for subject, weight in known.items()
            if (level := levels.get(subject)) is not None
        ]
        if (mean := weighted_mean(pairs)) is not None:
            weight = float(section.get("weight") or 0)
            steps.append(SectionStep(str(section["key"]), weight, len(pairs), mean))
    return PartSteps(tuple(steps), weighted_mean((step.weight, step.score) for step in steps))


def score_kind(
    kind: PartKind, weight: float, scores: Sequence[float | None], least: int
) -> KindStep:
    """The mean of the scores of all parts of a kind that were handed in.

    ``scores`` has one entry for each, ``None`` where nothing in it was rated. Nameless kinds
    count only if at least ``least`` of them hold a rating.
    """
    rated = [score for score in scores if score is not None]
    unused = None
    if not scores:
        unused = Unused.MISSING
    elif kind in NAMELESS and len(rated) < least:
        unused = Unused.TOO_FEW
    elif not rated:
        unused = Unused.UNRATED
    mean = None if unused else weighted_mean((1.0, score) for score in rated)
    return KindStep(kind, weight, len(scores), len(rated), mean, unused)


def score_review(
    weights: Mapping[PartKind, float], scores: Mapping[PartKind, Sequence[float | None]], least: int
) -> ReviewSteps:
    """``Σ(weight · score) ÷ Σ(weight)`` over the kinds that are used; without a weight none is."""
    kinds = tuple(
        score_kind(kind, float(weight), scores.get(kind, ()), least)
        for kind, weight in weights.items()
        if weight
    )
    found = weighted_mean((step.weight, step.score) for step in kinds if step.score is not None)
    return ReviewSteps(kinds, found)


def first_rating(score: float | None) -> float | None:
    """What a result starts with: the score rounded to the nearest half, a tie upwards."""
    return None if score is None else math.floor(score * HALF + 0.5) / HALF


def score_subject(
    weights: Mapping[PartKind, float], levels: Mapping[PartKind, Sequence[int]], least: int
) -> float | None:
    """What all used kinds together say of one competency: the weighted mean of their means.

    ``weights`` are those of the used kinds; of nameless ones at least ``least`` must have rated
    this very competency.
    """
    return weighted_mean(
        (weight, sum(found) / len(found))
        for kind, weight in weights.items()
        if weight and (found := levels.get(kind)) and is_enough(kind, len(found), least)
    )


def is_enough(kind: PartKind, number: int, least: int) -> bool:
    """Whether so many may be shown together: nameless ones only from ``least`` on."""
    return number >= (least if kind in NAMELESS else 1)
