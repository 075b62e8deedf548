"""What is known of one person and decides how far they are; plain values with days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from portal.careers.experience import Spell
from portal.careers.states import EducationLevel
from portal.certification.queries import Known


class Shown(NamedTuple):
    """A level of a competency somebody observed; the later row of a day counts."""

    observed_on: date
    evidence_id: int
    level: float


class Degree(NamedTuple):
    """Education somebody claims, and when it was confirmed or refused."""

    level: EducationLevel
    claim_id: int
    claimed_on: date
    confirmed_on: date | None = None
    refused_on: date | None = None


class Figure(NamedTuple):
    """What was measured in a month, named by its first day, from so many cases."""

    period: date
    value: Decimal
    cases: int
    value_id: int


class Rated(NamedTuple):
    """The result of a closed review, from 1 to 5."""

    closed_on: date
    review_id: int
    rating: float


class Warned(NamedTuple):
    """A corrective action: it counts from ``since`` until the day before ``until``."""

    since: date
    action_id: int
    until: date

    def counts_on(self, day: date) -> bool:
        """Whether it was open on a day."""
        return self.since <= day < self.until


@dataclass(slots=True)
class PersonFacts:
    """All facts of one person, each list in any order; a missing key is no fact."""

    levels: Mapping[int, list[Shown]] = field(default_factory=dict)
    spells: list[Spell] = field(default_factory=list)
    degrees: list[Degree] = field(default_factory=list)
    certificates: Mapping[int, Known] = field(default_factory=dict)
    courses: Mapping[int, list[tuple[date, int]]] = field(default_factory=dict)
    programmes: Mapping[int, list[tuple[date, int]]] = field(default_factory=dict)
    figures: Mapping[int, list[Figure]] = field(default_factory=dict)
    reviews: list[Rated] = field(default_factory=list)
    warnings: list[Warned] = field(default_factory=list)
