"""The best pairs of all, and what each of them cost; no database, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from portal.mentoring.fit import Mentee, Mentor, Term, barrier, points_of, score, terms
from portal.mentoring.states import Alone, MatchMode, Side

Scores = Sequence[Sequence[int | None]]


@dataclass(frozen=True, slots=True)
class Best:
    """With whom somebody would fit best, whoever else wants them."""

    person_id: int
    score: int


@dataclass(frozen=True, slots=True)
class Fit:
    """A pair with what it is made of, and the best that each of the two could have had."""

    mentee_id: int
    mentor_id: int
    score: int
    terms: tuple[Term, ...]
    locked: bool
    best_mentor: Best
    best_mentee: Best


@dataclass(frozen=True, slots=True)
class Left:
    """Somebody the match found nobody for, why, and who would have fitted best."""

    person_id: int
    side: Side
    reason: Alone
    best: Best | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """The pairs by mentee, and those who stay alone: mentees first, then mentors with no one."""

    fits: tuple[Fit, ...]
    alone: tuple[Left, ...]

    @property
    def total(self) -> int:
        """Hundredths of points of all pairs."""
        return sum(fit.score for fit in self.fits)


def assign(scores: Scores, seats: Sequence[int], mode: MatchMode) -> list[int | None]:
    """The column of each row, as an exact assignment with ``seats`` places in each column.

    ``None`` as a score forbids a pair. ``TOTAL`` makes the sum of the scores as high as can be, and
    leaves a row alone rather than give it a column worth nothing; ``EVERYONE`` fills as many rows
    as can be first. Each row also has a place of its own where it stays alone.
    """
    rows = len(scores)
    columns = [at for at, number in enumerate(seats) for _seat in range(min(number, rows))]
    if not rows or not columns:
        return [None] * rows
    import numpy as np  # these take a quarter of a second to import, and only a match needs them
    from scipy.optimize import linear_sum_assignment

    least = 0 if mode is MatchMode.EVERYONE else 1
    highest = max((one for row in scores for one in row if one is not None), default=0)
    # More than all scores together: one pair more is worth it whatever it costs the others.
    bonus = (highest + 1) * (rows + 1) if mode is MatchMode.EVERYONE else 0
    values = np.array(
        [[-1 if one is None or one < least else one + bonus for one in row] for row in scores],
        dtype=float,
    )
    table = np.hstack([values[:, columns], np.zeros((rows, rows))])
    _rows, chosen = linear_sum_assignment(table, maximize=True)
    return [columns[at] if at < len(columns) else None for at in chosen]


def match(
    mentees: Iterable[Mentee],
    mentors: Iterable[Mentor],
    weights: Mapping[str, int],
    mode: MatchMode,
    locked: Iterable[tuple[int, int]] = (),
) -> Match:
    """The best pairs under all rules; ``locked`` pairs (mentee, mentor) stay if they may.

    Everybody is taken by id, so the same people give the same pairs in whatever order they come;
    of equally good answers the solver then always finds the same.
    """
    rows = sorted(mentees, key=lambda one: one.person_id)
    columns = sorted(mentors, key=lambda one: one.person_id)
    points = points_of(weights)
    scores = [
        [None if barrier(row, one) else score(row, one, points) for one in columns]
        for row in rows
    ]  # fmt: skip
    kept = _kept(rows, columns, scores, locked)
    taken = list(kept.values())
    seats = [max(one.seats - taken.count(at), 0) for at, one in enumerate(columns)]
    free = [at for at in range(len(rows)) if at not in kept]
    answer = assign([scores[at] for at in free], seats, mode)
    chosen = kept | {
        row: column for row, column in zip(free, answer, strict=True) if column is not None
    }
    told = _Telling(rows, columns, scores, chosen)
    fits = tuple(told.fit(row, weights, locked=row in kept) for row in sorted(chosen))
    return Match(fits, (*told.mentees(), *told.mentors()))


def _kept(
    rows: Sequence[Mentee], columns: Sequence[Mentor], scores: Scores,
    locked: Iterable[tuple[int, int]],
) -> dict[int, int]:  # fmt: skip
    """The locked pairs no rule forbids, by their places; a lock does not go beyond the seats."""
    row_of = {one.person_id: at for at, one in enumerate(rows)}
    column_of = {one.person_id: at for at, one in enumerate(columns)}
    kept: dict[int, int] = {}
    for mentee_id, mentor_id in sorted(locked):
        row, column = row_of.get(mentee_id), column_of.get(mentor_id)
        if row is None or column is None or row in kept or scores[row][column] is None:
            continue
        if list(kept.values()).count(column) < columns[column].seats:
            kept[row] = column
    return kept


@dataclass(frozen=True, slots=True)
class _Telling:
    """Puts an answer into words: what each pair is made of and lost, and why others are alone."""

    rows: Sequence[Mentee]
    columns: Sequence[Mentor]
    scores: Scores
    chosen: Mapping[int, int]

    def fit(self, row: int, weights: Mapping[str, int], *, locked: bool) -> Fit:
        column = self.chosen[row]
        mentee, mentor = self.rows[row], self.columns[column]
        best_mentor, best_mentee = self._best_mentor(row), self._best_mentee(column)
        assert best_mentor is not None
        assert best_mentee is not None
        made_of = terms(mentee, mentor, weights)
        total = sum(term.points for term in made_of)
        return Fit(
            mentee.person_id, mentor.person_id, total, made_of, locked, best_mentor, best_mentee
        )

    def mentees(self) -> Iterator[Left]:
        for at, one in enumerate(self.rows):
            if at not in self.chosen:
                best = self._best_mentor(at)
                yield self._left(one, Side.MENTEE, best, others=len(self.columns))

    def mentors(self) -> Iterator[Left]:
        busy = set(self.chosen.values())
        for at, one in enumerate(self.columns):
            if at not in busy:
                best = self._best_mentee(at)
                left = self._left(one, Side.MENTOR, best, others=len(self.rows))
                no_seat = not one.seats and left.reason is not Alone.LEFT
                yield Left(one.person_id, Side.MENTOR, Alone.SEATS) if no_seat else left

    def _left(self, one: Mentee | Mentor, side: Side, best: Best | None, *, others: int) -> Left:
        if not one.works_here:
            return Left(one.person_id, side, Alone.LEFT)
        if not others:
            return Left(one.person_id, side, Alone.NOBODY)
        if best is None:
            return Left(one.person_id, side, Alone.BARRED)
        reason = Alone.FULL if best.score else Alone.NOTHING
        return Left(one.person_id, side, reason, best)

    def _best_mentor(self, row: int) -> Best | None:
        pairs = zip(self.columns, self.scores[row], strict=True)
        return _best((one.person_id, points) for one, points in pairs)

    def _best_mentee(self, column: int) -> Best | None:
        pairs = zip(self.rows, self.scores, strict=True)
        return _best((one.person_id, points[column]) for one, points in pairs)


def _best(found: Iterable[tuple[int, int | None]]) -> Best | None:
    """The highest score, of equal ones that of the lowest id."""
    known = [(-points, key) for key, points in found if points is not None]
    return Best(min(known)[1], -min(known)[0]) if known else None
