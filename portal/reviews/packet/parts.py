"""Parts of a review as its readers see them: with their author's name, or only together."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

from portal.core.db import Json, Words
from portal.reviews import scoring
from portal.reviews.models import PartRating, Review, ReviewPart
from portal.reviews.packet.pieces import (
    GoalLine,
    NamedPart,
    NamelessParts,
    Rated,
    Section,
    Together,
)
from portal.reviews.packet.subjects import Known, levels_of, steps_of
from portal.reviews.states import PartKind, ReviewState, SectionKind


def in_order(parts: Iterable[ReviewPart]) -> list[ReviewPart]:
    """Those with a name, the person first."""
    kinds = list(PartKind)
    named = [part for part in parts if part.kind not in scoring.NAMELESS]
    return sorted(named, key=lambda part: (kinds.index(part.kind), part.id))


def named_part(part: ReviewPart, known: Known) -> NamedPart:
    """A part somebody handed in, section by section."""
    sections = known.review.cycle.template.sections_of(part.kind)
    steps = scoring.score_part(sections, levels_of(part), known.subjects)
    scores = {step.key: step.score for step in steps.sections}
    ratings = {rating.subject: rating for rating in part.ratings}
    assert part.submitted_at is not None
    return NamedPart(
        part.kind,
        part.author.display_name,
        part.submitted_at,
        part.score,
        tuple(_section(row, part, ratings, scores, known) for row in sections),
    )


def _section(
    row: Json, part: ReviewPart, ratings: Mapping[str, PartRating], scores: Mapping[str, float],
    known: Known,
) -> Section:  # fmt: skip
    kind = SectionKind(row["kind"])
    weights = known.subjects.of(kind)
    return Section(
        kind=kind,
        title=row["title"],
        weight=int(row.get("weight") or 0),
        score=scores.get(str(row["key"])),
        rated=tuple(
            _rated(subject, weight, ratings[subject], known)
            for subject, weight in weights.items()
            if subject in ratings
        ),
        text=str(part.answers.get(row["key"]) or ""),
    )


def _rated(subject: str, weight: float, rating: PartRating, known: Known) -> Rated:
    return Rated(
        known.name(subject), known.asked.get(subject), weight, rating.level,
        known.anchor(subject, rating.level), rating.note,
    )  # fmt: skip


def nameless_parts(
    review: Review, handed: Sequence[ReviewPart], known: Known
) -> Iterator[NamelessParts]:
    """Each kind without names that weighs in the cycle; empty while it would give anybody away."""
    steps = {step.kind: step for step in steps_of(review).kinds}
    for kind in PartKind:
        if kind not in scoring.NAMELESS or not review.cycle.weight(kind):
            continue
        parts = [part for part in handed if part.kind is kind]
        enough = len(parts) >= review.cycle.least_raters
        # While parts come in, two looks at a mean would tell what the newest one says.
        if not enough or review.state is ReviewState.WRITING:
            yield NamelessParts(kind, len(parts), enough, None, (), ())
            continue
        score = steps[kind].score if kind in steps else None
        rated = tuple(_together(kind, parts, known))
        yield NamelessParts(kind, len(parts), enough, score, rated, tuple(_texts(kind, parts)))


def _together(kind: PartKind, parts: Sequence[ReviewPart], known: Known) -> Iterator[Together]:
    least = known.review.cycle.least_raters
    for subject, asked in known.asked.items():
        ratings = [one for part in parts for one in part.ratings if one.subject == subject]
        levels = [one.level for one in ratings if one.level is not None]
        if not ratings:
            continue
        enough = scoring.is_enough(kind, len(levels), least)
        yield Together(
            known.name(subject),
            asked,
            sum(levels) / len(levels) if enough else None,
            len(levels) if enough else 0,
            _shuffled(one.note for one in ratings) if enough else (),
        )


def _texts(kind: PartKind, parts: Sequence[ReviewPart]) -> Iterator[tuple[Words, tuple[str, ...]]]:
    for row in parts[0].review.cycle.template.sections_of(kind):
        answers = _shuffled(str(part.answers.get(row["key"]) or "") for part in parts)
        if SectionKind(row["kind"]) is SectionKind.TEXT and answers:
            yield row["title"], answers


def _shuffled(texts: Iterable[str]) -> tuple[str, ...]:
    """Texts in an order that hides who wrote them, the same at each look."""
    written = [text.strip() for text in texts if text.strip()]
    return tuple(sorted(written, key=lambda text: hashlib.sha256(text.encode()).digest()))


def goal_lines(handed: Sequence[ReviewPart], known: Known) -> Iterator[GoalLine]:
    """Each goal that was rated, with what the person and the manager said."""
    given = {part.kind: levels_of(part) for part in handed if part.kind not in scoring.NAMELESS}
    for subject, goal in known.goals.items():
        own = given.get(PartKind.SELF, {}).get(subject)
        manager = given.get(PartKind.MANAGER, {}).get(subject)
        yield GoalLine(goal.title, goal.weight, goal.result, own, manager)
