"""Everything a review says, as one frozen piece: for its page, its signed record and its paper."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from portal.competencies.models import CompetencyVersion
from portal.core.charts import Trend
from portal.core.db import Json, Words, db
from portal.goals.models import Goal
from portal.reviews import scoring
from portal.reviews.material import Material, material_of
from portal.reviews.models import PartRating, Review, ReviewPart
from portal.reviews.scoring import ReviewSteps, Subjects
from portal.reviews.states import PartKind, PartState, ReviewState, SectionKind, Signer


@dataclass(frozen=True)
class Rated:
    """One subject in a part: a level with what it means, or none if the author could not tell."""

    name: Words
    asked: int | None
    weight: float
    level: int | None
    anchor: Words
    note: str


@dataclass(frozen=True)
class Section:
    """One section of a part: ratings with their weighted mean, or words."""

    kind: SectionKind
    title: Words
    weight: int
    score: float | None
    rated: tuple[Rated, ...]
    text: str


@dataclass(frozen=True)
class NamedPart:
    """What somebody handed in under their name."""

    kind: PartKind
    author: str
    handed_in_at: datetime
    score: float | None
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Together:
    """One subject as nameless authors rated it together: the mean, of how many, their notes."""

    name: Words
    asked: int | None
    mean: float | None
    count: int
    notes: tuple[str, ...]


@dataclass(frozen=True)
class NamelessParts:
    """What nameless authors handed in, only together; ``texts`` are questions with answers.

    The order of notes and answers says nothing about who wrote them.
    """

    kind: PartKind
    handed_in: int
    enough: bool
    score: float | None
    rated: tuple[Together, ...]
    texts: tuple[tuple[Words, tuple[str, ...]], ...]


@dataclass(frozen=True)
class GoalLine:
    """A goal that was rated, with the levels the person and the manager gave it."""

    title: str
    weight: int
    result: int | None
    own: int | None
    manager: int | None


@dataclass(frozen=True)
class PlanLine:
    """One step of the development plan."""

    what: str
    how: str
    due_on: date | None


@dataclass(frozen=True)
class SignatureLine:
    """Who signed as what, and with which words."""

    signer: Signer
    name: str
    agrees: bool
    comment: str
    signed_at: datetime


@dataclass(frozen=True)
class Packet:
    """A whole review. Texts of the library stay in every language, people's words in theirs."""

    person: str
    role: Words
    team: Words
    manager: str
    cycle: Words
    template: Words
    starts_on: date
    ends_on: date
    edition: int
    least_raters: int
    steps: ReviewSteps
    score: float | None
    rating: float | None
    summary: str
    parts: tuple[NamedPart, ...]
    nameless: tuple[NamelessParts, ...]
    goals: tuple[GoalLine, ...]
    material: Material
    plan: tuple[PlanLine, ...]
    signatures: tuple[SignatureLine, ...]

    @property
    def charts(self) -> list[Trend]:
        """The metrics with a course to draw; one figure alone stands in the table."""
        return [
            chart for chart in self.material.metrics
            if sum(point.value is not None for point in chart.points) > 1
        ]  # fmt: skip


@dataclass(frozen=True)
class _Known:
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


def packet_of(review: Review) -> Packet:
    """The review as it stands now, in the reader's language where charts need one.

    Before the result is made nameless parts are counted and nothing else.
    """
    known = _known(review)
    cycle = review.cycle
    handed = [part for part in review.parts if part.state is PartState.SUBMITTED]
    return Packet(
        person=review.person.display_name,
        role=review.role.title,
        team=review.team.name,
        manager=review.manager.display_name if review.manager else "",
        cycle=cycle.name,
        template=cycle.template.name,
        starts_on=cycle.starts_on,
        ends_on=cycle.ends_on,
        edition=review.edition,
        least_raters=cycle.least_raters,
        steps=steps_of(review),
        score=review.score,
        rating=review.rating,
        summary=review.summary,
        parts=tuple(_named(part, known) for part in _in_order(handed)),
        nameless=tuple(_nameless(review, handed, known)),
        goals=tuple(_goals(handed, known)),
        material=material_of(review),
        plan=tuple(plan_of(review.development)),
        signatures=tuple(_signatures(review)),
    )


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
    return _known(review).subjects


def levels_of(part: ReviewPart) -> dict[str, int | None]:
    """Level by subject."""
    return {rating.subject: rating.level for rating in part.ratings}


def _known(review: Review) -> _Known:
    pinned = {f"c{row['competency_id']}": row for row in review.competencies}
    wanted = {row["version_id"]: subject for subject, row in pinned.items()}
    found = sa.select(CompetencyVersion).where(CompetencyVersion.id.in_(wanted))
    versions = {wanted[row.id]: row for row in db.session.scalars(found)}
    goals = _goals_of(rating for part in review.parts for rating in part.ratings)
    return _Known(
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


def _in_order(parts: Iterable[ReviewPart]) -> list[ReviewPart]:
    """Those with a name, the person first."""
    kinds = list(PartKind)
    named = [part for part in parts if part.kind not in scoring.NAMELESS]
    return sorted(named, key=lambda part: (kinds.index(part.kind), part.id))


def _named(part: ReviewPart, known: _Known) -> NamedPart:
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
    known: _Known,
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


def _rated(subject: str, weight: float, rating: PartRating, known: _Known) -> Rated:
    return Rated(
        known.name(subject), known.asked.get(subject), weight, rating.level,
        known.anchor(subject, rating.level), rating.note,
    )  # fmt: skip


def _nameless(
    review: Review, handed: Sequence[ReviewPart], known: _Known
) -> Iterator[NamelessParts]:
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


def _together(kind: PartKind, parts: Sequence[ReviewPart], known: _Known) -> Iterator[Together]:
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


def _goals(handed: Sequence[ReviewPart], known: _Known) -> Iterator[GoalLine]:
    given = {part.kind: levels_of(part) for part in handed if part.kind not in scoring.NAMELESS}
    for subject, goal in known.goals.items():
        own = given.get(PartKind.SELF, {}).get(subject)
        manager = given.get(PartKind.MANAGER, {}).get(subject)
        yield GoalLine(goal.title, goal.weight, goal.result, own, manager)


def plan_of(rows: Sequence[Json]) -> Iterator[PlanLine]:
    """The steps of a development plan as they are kept."""
    for row in rows:
        due = row.get("due_on")
        yield PlanLine(str(row["what"]), str(row.get("how") or ""),
                       date.fromisoformat(due) if due else None)  # fmt: skip


def _signatures(review: Review) -> Iterator[SignatureLine]:
    for row in review.signatures:
        if row.edition == review.edition:
            yield SignatureLine(
                row.signer, row.person.display_name, row.agrees, row.comment, row.signed_at
            )
