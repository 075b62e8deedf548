"""How far somebody is towards a role on a day, from facts alone; no database, no clock."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from portal.careers.experience import Demand, counted, months_of, reached_on
from portal.careers.facts import PersonFacts
from portal.careers.states import EducationLevel, LineState, RequirementKind
from portal.certification.states import SUFFICIENT, Standing
from portal.core.db import Words
from portal.metrics import periods


class ProofKind(StrEnum):
    """What kind of record shows something."""

    OBSERVATION = "observation"
    EMPLOYMENT = "employment"
    CLAIM = "claim"
    AWARD = "award"
    COMPLETION = "completion"
    PROGRAMME = "programme"
    REVIEW = "review"
    FIGURE = "figure"
    CONDUCT = "conduct"


@dataclass(frozen=True, slots=True)
class Proof:
    """The record a line rests on, and its day."""

    kind: ProofKind
    record_id: int
    day: date


@dataclass(frozen=True, slots=True)
class MetricMark:
    """What a metric must reach over the last whole months, and how it is counted.

    ``cases`` are the fewest that are judged; ``summed`` adds months up, else they are averaged by
    their cases.
    """

    mark: Decimal
    months: int
    lower_is_better: bool = False
    summed: bool = False
    cases: int = 1


@dataclass(frozen=True, slots=True)
class Need:
    """One thing a role asks for. ``key`` names it within the role.

    ``subject`` is the id of the competency, certification, course or programme; ``level`` the
    least level of a competency or result of a review; ``alternatives`` are of experience, each a
    list of demands that must all be met. ``text`` is a remark for people.
    """

    key: str
    kind: RequirementKind
    subject: int = 0
    level: float = 0
    education: EducationLevel | None = None
    alternatives: tuple[tuple[Demand, ...], ...] = ()
    metric: MetricMark | None = None
    text: Words = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Line:
    """How somebody stands with one need.

    ``level`` is what was shown of a competency or in a review. Of experience, ``months`` belong to
    the demands of ``chosen``, the alternative that is met or nearest, and ``reached_on`` is the
    day by which it is met if the present work goes on.
    """

    need: Need
    state: LineState
    proofs: tuple[Proof, ...] = ()
    level: float | None = None
    chosen: tuple[Demand, ...] = ()
    months: tuple[int, ...] = ()
    reached_on: date | None = None
    education: EducationLevel | None = None
    standing: Standing | None = None
    figure: Decimal | None = None

    @property
    def is_met(self) -> bool:
        """Whether nothing more is needed."""
        return self.state is LineState.MET


def readiness(facts: PersonFacts, needs: Iterable[Need], day: date) -> tuple[Line, ...]:
    """One line for each need, in their order, by what was known at the end of a day."""
    return tuple(_RULES[need.kind](facts, need, day) for need in needs)


def met(lines: Sequence[Line]) -> int:
    """How many lines are met."""
    return sum(line.is_met for line in lines)


def _competency(facts: PersonFacts, need: Need, day: date) -> Line:
    """The newest observation counts; without one nobody can tell."""
    seen = [one for one in facts.levels.get(need.subject, ()) if one.observed_on <= day]
    if not seen:
        return Line(need, LineState.UNKNOWN)
    newest = max(seen)
    proof = Proof(ProofKind.OBSERVATION, newest.evidence_id, newest.observed_on)
    enough = newest.level >= need.level
    return Line(need, _met_if(enough), (proof,), level=newest.level)


def _experience(facts: PersonFacts, need: Need, day: date) -> Line:
    """One alternative is enough; what waits for confirmation may still make it so."""
    known = [_tried(facts, one, need, day, waiting=False) for one in need.alternatives]
    best = min(known, key=_distance)
    if best.is_met:
        return best
    hoped = (_tried(facts, one, need, day, waiting=True) for one in need.alternatives)
    waits = next((one for one in hoped if one.is_met), None)
    if waits is None:
        return best
    return Line(
        need, LineState.UNKNOWN, waits.proofs, chosen=waits.chosen,
        months=_tried(facts, waits.chosen, need, day, waiting=False).months,
    )  # fmt: skip


def _tried(
    facts: PersonFacts, demands: tuple[Demand, ...], need: Need, day: date, *, waiting: bool
) -> Line:
    spells = [counted(facts.spells, one, day, waiting=waiting) for one in demands]
    months = tuple(months_of(found, day) for found in spells)
    enough = all(one.months <= has for one, has in zip(demands, months, strict=True))
    days = [reached_on(found, one, day) for one, found in zip(demands, spells, strict=True)]
    coming = [one for one in days if one is not None]
    reached = max(coming) if not enough and len(coming) == len(days) else None
    proofs = {
        Proof(ProofKind.CLAIM, one.claim_id, one.starts_on) if one.claim_id
        else Proof(ProofKind.EMPLOYMENT, 0, one.starts_on)
        for found in spells for one in found
    }  # fmt: skip
    ordered = tuple(sorted(proofs, key=lambda one: (one.day, one.kind, one.record_id)))
    return Line(need, _met_if(enough), ordered, chosen=demands, months=months,
                reached_on=reached)  # fmt: skip


def _distance(line: Line) -> int:
    """The months still missing."""
    return sum(max(one.months - has, 0) for one, has in zip(line.chosen, line.months, strict=True))


def _education(facts: PersonFacts, need: Need, day: date) -> Line:
    """A confirmed degree of the level or above; one that waits may still do."""
    assert need.education is not None
    wanted = need.education.rank
    known = [one for one in facts.degrees if one.confirmed_on and one.confirmed_on <= day]
    waiting = [
        one for one in facts.degrees
        if one.claimed_on <= day and not (one.refused_on and one.refused_on <= day)
    ]  # fmt: skip
    for found, state in ((known, LineState.MET), (waiting, LineState.UNKNOWN)):
        high = [one for one in found if one.level.rank >= wanted]
        if high:
            one = min(high, key=lambda row: (row.confirmed_on or row.claimed_on, row.claim_id))
            proof = Proof(ProofKind.CLAIM, one.claim_id, one.confirmed_on or one.claimed_on)
            return Line(need, state, (proof,), education=one.level)
    highest = max(known, key=lambda one: one.level.rank, default=None)
    return Line(need, LineState.MISSING, education=highest.level if highest else None)


def _certification(facts: PersonFacts, need: Need, day: date) -> Line:
    known = facts.certificates.get(need.subject)
    if known is None:
        return Line(need, LineState.MISSING, standing=Standing.NOT_STARTED)
    held = known.held(day)
    issued = next((one.issued_on for one in known.awards if one.award_id == held.award_id), None)
    proofs = (Proof(ProofKind.AWARD, held.award_id, issued),) if held.award_id and issued else ()
    state = _met_if(held.standing in SUFFICIENT)
    if held.standing is Standing.AWAITING_CHECK:
        state = LineState.UNKNOWN
    return Line(need, state, proofs, standing=held.standing)


def _course(facts: PersonFacts, need: Need, day: date) -> Line:
    return _completed(facts.courses.get(need.subject, ()), need, day, ProofKind.COMPLETION)


def _programme(facts: PersonFacts, need: Need, day: date) -> Line:
    return _completed(facts.programmes.get(need.subject, ()), need, day, ProofKind.PROGRAMME)


def _completed(known: Iterable[tuple[date, int]], need: Need, day: date, kind: ProofKind) -> Line:
    done = [one for one in known if one[0] <= day]
    if not done:
        return Line(need, LineState.MISSING)
    last, record_id = max(done)
    return Line(need, LineState.MET, (Proof(kind, record_id, last),))


def _review(facts: PersonFacts, need: Need, day: date) -> Line:
    """Nobody can tell before there is a closed review."""
    last = max((one for one in facts.reviews if one.closed_on <= day), default=None)
    if last is None:
        return Line(need, LineState.UNKNOWN)
    proof = Proof(ProofKind.REVIEW, last.review_id, last.closed_on)
    return Line(need, _met_if(last.rating >= need.level), (proof,), level=last.rating)


def _metric(facts: PersonFacts, need: Need, day: date) -> Line:
    """The last whole months as one figure; without one of them nobody can tell."""
    asked = need.metric
    assert asked is not None
    last = periods.month_of(day)
    last = last if day == periods.last_day(last) else periods.months_back(last, 1)
    wanted = periods.months_until(last, asked.months)
    known = [one for one in facts.figures.get(need.subject, ()) if one.period in wanted]
    cases = sum(one.cases for one in known)
    if len(known) < asked.months or cases < max(asked.cases, 1):
        return Line(need, LineState.UNKNOWN)
    if asked.summed:
        figure = sum((one.value for one in known), Decimal())
    else:
        figure = sum((one.value * one.cases for one in known), Decimal()) / cases
    enough = figure <= asked.mark if asked.lower_is_better else figure >= asked.mark
    newest = max(known)
    proof = Proof(ProofKind.FIGURE, newest.value_id, newest.period)
    return Line(need, _met_if(enough), (proof,), figure=figure)


def _met_if(enough: bool) -> LineState:
    return LineState.MET if enough else LineState.MISSING


def _conduct(facts: PersonFacts, need: Need, day: date) -> Line:
    """Met if none was open on the day; else the open ones show why not."""
    open_ = sorted(one for one in facts.warnings if one.counts_on(day))
    proofs = tuple(Proof(ProofKind.CONDUCT, one.action_id, one.since) for one in open_)
    return Line(need, _met_if(not open_), proofs)


_RULES: dict[RequirementKind, Callable[[PersonFacts, Need, date], Line]] = {
    RequirementKind.COMPETENCY: _competency,
    RequirementKind.EXPERIENCE: _experience,
    RequirementKind.EDUCATION: _education,
    RequirementKind.CERTIFICATION: _certification,
    RequirementKind.COURSE: _course,
    RequirementKind.PROGRAMME: _programme,
    RequirementKind.REVIEW: _review,
    RequirementKind.METRIC: _metric,
    RequirementKind.CONDUCT: _conduct,
}
