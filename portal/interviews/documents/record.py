"""The decision record as frozen data: everything a decision on an application rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from portal.hiring.states import OverrideReason, RejectionReason, Stage, StepState
from portal.interviews.states import Outcome, QuestionKind, SkipReason
from portal.people.states import PayPeriod


@dataclass(frozen=True)
class Job:
    """What was advertised."""

    title: str
    role: str
    site: str
    team: str
    address: str
    published_at: datetime | None
    closes_on: date | None
    openings: int
    pay_minimum: int
    pay_maximum: int
    pay_currency: str
    pay_period: PayPeriod


@dataclass(frozen=True)
class Approval:
    """One person's answer to the request for head-count."""

    round: int
    step: int
    who: str
    agreed: bool
    state: StepState
    note: str
    at: datetime


@dataclass(frozen=True)
class Criterion:
    """One screening criterion and its answer: yes or no for a must-have, 0–4 for a weighted one."""

    text: str
    weight: int | None
    answer: bool | int | None


@dataclass(frozen=True)
class Screening:
    """How an application met one version of the criteria."""

    version: int
    content_hash: str
    fixed_at: datetime
    criteria: tuple[Criterion, ...]
    score: int
    cut: int
    passes: bool
    advanced: bool
    override_reason: OverrideReason | None
    note: str
    who: str
    at: datetime


@dataclass(frozen=True)
class Answer:
    """What one interviewer wrote down and rated at one question."""

    who: str
    rating: int | None
    anchor: str
    not_observed: bool
    skip_reason: SkipReason | None
    note: str


@dataclass(frozen=True)
class Asked:
    """One question with everybody's answers."""

    number: int
    text: str
    kind: QuestionKind
    far_apart: bool
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Score:
    """One competency: what the role asks, what it weighs, what the panel saw (mean rating)."""

    name: str
    version_hash: str
    required_level: int
    weight: int
    mean: float | None
    far_apart: bool
    questions: tuple[Asked, ...]


@dataclass(frozen=True)
class Card:
    """Whose scorecard, and when it came in."""

    who: str
    submitted_at: datetime


@dataclass(frozen=True)
class Change:
    """A later change to one answer of a submitted scorecard."""

    who: str
    at: datetime
    reason: str
    question: int
    before_rating: str
    before_note: str
    after_rating: str
    after_note: str


@dataclass(frozen=True)
class Message:
    """A mail to the candidate; links are left out, because some of them open doors."""

    subject: str
    at: datetime
    sent_at: datetime | None
    language: str
    text: str


@dataclass(frozen=True)
class Event:
    """One line of the trail; ``who`` is empty for the candidate and the portal itself."""

    at: datetime
    label: str
    who: str
    stage: Stage | None
    reason: RejectionReason | None


@dataclass(frozen=True)
class Decision:
    """The decision beside what the formula said; scores in hundredths."""

    score: int | None
    cut: int
    mechanical: Outcome
    outcome: Outcome
    override_reason: OverrideReason | None
    note: str
    who: str
    at: datetime


@dataclass(frozen=True)
class Round:
    """One interview with its panel; ``name`` is empty and ``number`` 1 where there is only one.

    ``score`` is this panel's own (hundredths); ``decision`` is what was decided after it.
    """

    number: int
    name: str
    interview_at: datetime
    minutes: int
    place: str
    revealed_at: datetime | None
    cards: tuple[Card, ...]
    scores: tuple[Score, ...]
    changes: tuple[Change, ...]
    score: int | None
    decision: Decision | None


@dataclass(frozen=True)
class Share:
    """One competency in the formula: its mean in each round, and over all of them together."""

    name: str
    required_level: int
    weight: int
    means: tuple[float | None, ...]
    mean: float | None

    @property
    def weighted(self) -> float | None:
        """What it adds to the sum."""
        return None if self.mean is None else self.weight * self.mean


@dataclass(frozen=True)
class DecisionRecord:
    """All of it, in one language; ``rounds`` are those the decision rests on, in their order."""

    candidate: str
    application: int
    applied_at: datetime
    plan_hash: str
    plan_pinned_at: datetime | None
    job: Job
    approvals: tuple[Approval, ...]
    screenings: tuple[Screening, ...]
    rounds: tuple[Round, ...]
    shares: tuple[Share, ...]
    decision: Decision
    messages: tuple[Message, ...]
    events: tuple[Event, ...]
