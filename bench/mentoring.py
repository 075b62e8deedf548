"""Mentoring: how long the exact match of a large round takes."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from bench.clock import Figure, spread, timed
from portal.mentoring.fit import Mentee, Mentor
from portal.mentoring.matching import match
from portal.mentoring.starter import pack
from portal.mentoring.states import MatchMode, Shift

MENTEES, MENTORS, TIMES = 1_000, 400, 3
TARGET = 5_000
"""Milliseconds for a thousand mentees and four hundred mentors."""

LANGUAGES = ("en", "tr", "es", "ja")
SHIFTS = tuple(str(shift) for shift in Shift)


def measure_mentoring() -> Iterator[Figure]:
    """Both modes over the same people, with wishes, exclusions and seats for most."""
    mentees, mentors = people(Random(510))
    weights = pack()["weights"]
    for mode in MatchMode:

        def pairs(_number: int, mode: MatchMode = mode) -> int:
            return len(match(mentees, mentors, weights, mode).fits)

        found = pairs(0)
        figure = Figure(
            f"match {MENTEES:,} × {MENTORS:,}, {mode}: {found:,} pairs",
            *spread(timed(pairs, TIMES, warm=0)), 0, target=f"{TARGET:,} ms",
        )  # fmt: skip
        figure.reached = (figure.p95 or 0) <= TARGET
        yield figure


def people(chance: Random) -> tuple[list[Mentee], list[Mentor]]:
    """People with three goals of twenty, two languages and two shifts."""

    def some(offer: tuple[str, ...]) -> frozenset[str]:
        return frozenset(chance.sample(offer, 2))

    def anybody() -> frozenset[int]:
        return frozenset({MENTEES + chance.randrange(MENTORS)})

    mentees = [
        Mentee(
            key, {chance.randrange(20): chance.choice((2, 3, 4)) for _goal in range(3)},
            some(LANGUAGES), some(SHIFTS), chance.randrange(5), anybody(), anybody(), anybody(),
        )
        for key in range(MENTEES)
    ]  # fmt: skip
    mentors = [
        Mentor(
            MENTEES + key, chance.choice((1, 2, 3)),
            {skill: chance.choice((3, 4, 5)) for skill in chance.sample(range(20), 6)},
            some(LANGUAGES), some(SHIFTS), chance.randrange(5),
        )
        for key in range(MENTORS)
    ]  # fmt: skip
    return mentees, mentors
