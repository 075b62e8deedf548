"""Who may serve in the days to come if nobody renews anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from portal.certification.queries import Known
from portal.certification.standing import DAY, Facts
from portal.certification.states import SUFFICIENT

HORIZON = 180
"""So many days ahead."""

ALWAYS = (1 << (HORIZON + 1)) - 1

Days = int
"""A set of days: bit *n* stands for the day *n* days ahead."""


def days_between(first: date | None, last: date | None, today: date) -> Days:
    """The days of a period within the horizon; ``None`` has no bound."""
    start = max((first - today).days, 0) if first else 0
    end = min((last - today).days, HORIZON) if last else HORIZON
    return ((1 << (end - start + 1)) - 1) << start if end >= start else 0


def able_days(known: Known, today: date) -> Days:
    """The days on which somebody holds a certification well enough, or is released from it."""
    found, edges = 0, sorted(_edges(known, today))
    for place, start in enumerate(edges):
        if known.held(start).standing in SUFFICIENT:
            end = edges[place + 1] - DAY if place + 1 < len(edges) else None
            found |= days_between(start, end, today)
    return found


def _edges(known: Known, today: date) -> set[date]:
    """Today, and the days ahead on which the standing may change."""
    ahead = today + timedelta(days=HORIZON)
    edges = {today}
    for facts in known.awards:
        edges.update(_changes(facts))
    for first, last in known.waivers:
        edges.add(first)
        if last is not None:
            edges.add(last + DAY)
    return {day for day in edges if today <= day <= ahead}


def _changes(facts: Facts) -> Iterator[date]:
    yield facts.issued_on
    for day in (facts.revoked_on, facts.superseded_on, facts.void_from):
        if day is not None:
            yield day
    if facts.expires_on is not None:
        yield facts.expires_on + DAY
        yield facts.expires_on + timedelta(days=facts.grace_days + 1)
    for absence in facts.absences:
        yield absence.left_on + DAY
        yield absence.lapses_on + DAY


def numbers(people: Iterable[Days]) -> list[int]:
    """How many there are on each day of the horizon."""
    steps = [0] * (HORIZON + 2)
    for days in people:
        for place in _turns(days):
            steps[place] += 1 if days >> place & 1 else -1
    found, number = [], 0
    for step in steps[: HORIZON + 1]:
        number += step
        found.append(number)
    return found


def _turns(days: Days) -> Iterator[int]:
    """The days on which membership begins or ends."""
    changes = days ^ (days << 1)
    while changes:
        lowest = changes & -changes
        yield lowest.bit_length() - 1
        changes ^= lowest


@dataclass(frozen=True)
class Outlook:
    """How many people are able on each day, and the first day on which they are too few.

    ``lost`` are the ids of those who are able today and no more on that day.
    """

    numbers: list[int]
    minimum: int
    first_short: int | None
    lost: tuple[int, ...] = field(default=())

    @property
    def now(self) -> int:
        """How many are able today."""
        return self.numbers[0]

    @property
    def left(self) -> int:
        """How many are able on the first day on which they are too few."""
        return self.numbers[self.first_short or 0]


def outlook(people: Mapping[int, Days], minimum: int) -> Outlook:
    """The days ahead for people by id."""
    ahead = numbers(people.values())
    short = next((place for place, number in enumerate(ahead) if number < minimum), None)
    lost = () if short is None else tuple(
        person for person, days in people.items() if days & 1 and not days >> short & 1
    )  # fmt: skip
    return Outlook(ahead, minimum, short, lost)
