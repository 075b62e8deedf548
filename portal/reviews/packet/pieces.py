"""What the packet of a review is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from portal.core.charts import Trend
from portal.core.db import Words
from portal.reviews.material import Material
from portal.reviews.scoring import ReviewSteps
from portal.reviews.states import PartKind, SectionKind, Signer


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
