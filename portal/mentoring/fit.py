"""What makes two people fit: hard rules, and terms with their points; no database, no clock."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from portal.mentoring.states import Barrier, Side, TermKind

POINT: Final = 100
"""Scores are whole hundredths of points, so that sums are exact."""

NO_ONE: Final = frozenset[int]()


@dataclass(frozen=True, slots=True)
class Mentee:
    """Somebody who looks for a mentor.

    ``goals`` maps competencies to the least level a mentor must hold. No languages, shifts or
    site means that any will do. ``above`` are all the people they report to, however far up.
    """

    person_id: int
    goals: Mapping[int, float] = field(default_factory=dict)
    languages: frozenset[str] = frozenset()
    shifts: frozenset[str] = frozenset()
    site_id: int | None = None
    wishes: frozenset[int] = NO_ONE
    not_with: frozenset[int] = NO_ONE
    above: frozenset[int] = NO_ONE
    works_here: bool = True


@dataclass(frozen=True, slots=True)
class Mentor:
    """Somebody with ``seats`` places for mentees.

    ``offers`` maps the competencies they help with to the level the ledger shows of them.
    """

    person_id: int
    seats: int = 1
    offers: Mapping[int, float] = field(default_factory=dict)
    languages: frozenset[str] = frozenset()
    shifts: frozenset[str] = frozenset()
    site_id: int | None = None
    wishes: frozenset[int] = NO_ONE
    not_with: frozenset[int] = NO_ONE
    above: frozenset[int] = NO_ONE
    works_here: bool = True


@dataclass(frozen=True, slots=True)
class Term:
    """What one kind of fit brings: ``hits`` of ``of``, worth ``points`` of ``most``.

    ``about`` names what hit: competencies, languages or shifts, or who of the two had the wish.
    """

    kind: TermKind
    hits: int
    of: int
    points: int
    most: int
    about: tuple[int | str, ...] = ()


def barrier(mentee: Mentee, mentor: Mentor) -> Barrier | None:
    """What forbids the pair, whatever its score."""
    if mentee.person_id == mentor.person_id:
        return Barrier.SELF
    if not (mentee.works_here and mentor.works_here):
        return Barrier.LEFT
    if mentor.person_id in mentee.above or mentee.person_id in mentor.above:
        return Barrier.LINE
    if mentor.person_id in mentee.not_with or mentee.person_id in mentor.not_with:
        return Barrier.NOT_WITH
    return None


def terms(mentee: Mentee, mentor: Mentor, weights: Mapping[str, int]) -> tuple[Term, ...]:
    """Every kind of fit with its points, also where it brings none."""
    found = []
    for kind, about, of in _hits(mentee, mentor):
        most = weights.get(str(kind), 0) * POINT
        hits = len(about)
        found.append(Term(kind, hits, of, most * hits // of if of else 0, most, about))
    return tuple(found)


class Points(NamedTuple):
    """What each kind of term is worth, in hundredths of points."""

    goal: int
    language: int
    shift: int
    site: int
    wish: int


def points_of(weights: Mapping[str, int]) -> Points:
    """The points of a programme's weights."""
    return Points(*(weights.get(str(kind), 0) * POINT for kind in TermKind))


def score(mentee: Mentee, mentor: Mentor, points: Points) -> int:
    """The points of all ``terms`` together; a match asks for every pair there could be."""
    found = 0
    if mentee.goals:
        held = mentor.offers
        hits = sum(1 for key, least in mentee.goals.items() if held.get(key, 0) >= least)
        found = points.goal * hits // len(mentee.goals)
    if not mentee.languages.isdisjoint(mentor.languages):
        found += points.language
    if mentee.shifts and mentor.shifts:
        found += points.shift * len(mentee.shifts & mentor.shifts) // len(mentee.shifts)
    else:
        found += points.shift
    if mentee.site_id is not None and mentee.site_id == mentor.site_id:
        found += points.site
    wished = (mentor.person_id in mentee.wishes) + (mentee.person_id in mentor.wishes)
    return found + points.wish * wished // 2


def _hits(mentee: Mentee, mentor: Mentor) -> Iterator[tuple[TermKind, tuple[int | str, ...], int]]:
    """Of each kind what hit, and how much could have."""
    held = mentor.offers
    goals = tuple(key for key, least in mentee.goals.items() if held.get(key, 0) >= least)
    yield TermKind.GOAL, goals, len(mentee.goals)
    common = mentee.languages & mentor.languages
    yield TermKind.LANGUAGE, tuple(sorted(common)[:1]), 1
    asked = mentee.shifts if mentee.shifts and mentor.shifts else NO_ONE
    shifts = tuple(sorted(map(str, asked & mentor.shifts))) if asked else ("any",)
    yield TermKind.SHIFT, shifts, len(asked) or 1
    near = mentee.site_id is not None and mentee.site_id == mentor.site_id
    yield TermKind.SITE, (mentor.site_id or 0,) if near else (), 1
    wishes: tuple[str, ...] = ()
    if mentor.person_id in mentee.wishes:
        wishes += (str(Side.MENTEE),)
    if mentee.person_id in mentor.wishes:
        wishes += (str(Side.MENTOR),)
    yield TermKind.WISH, wishes, 2
