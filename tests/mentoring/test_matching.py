"""The assignment against brute force, its rules, and how it explains itself."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.mentoring.fit import POINT, Mentee, Mentor, barrier, points_of, score
from portal.mentoring.matching import assign, match
from portal.mentoring.states import Alone, Barrier, MatchMode, Side, TermKind

pytestmark = pytest.mark.once("pure functions, no database")

WEIGHTS = {"goal": 50, "language": 20, "shift": 10, "site": 5, "wish": 15}
TOTAL, EVERYONE = MatchMode.TOTAL, MatchMode.EVERYONE


def brute(scores: list[list[int | None]], seats: list[int], mode: MatchMode) -> tuple[int, int]:
    """The best (pairs, total) of all assignments there are, by the mode."""
    best: tuple[int, ...] = (0, 0)
    options = [None, *range(len(seats))]
    for chosen in product(options, repeat=len(scores)):
        taken = [column for column in chosen if column is not None]
        if any(taken.count(at) > number for at, number in enumerate(seats)):
            continue
        worth = [scores[row][at] for row, at in enumerate(chosen) if at is not None]
        if any(one is None for one in worth):
            continue
        total = sum(one for one in worth if one is not None)
        key = (len(taken), total) if mode is EVERYONE else (total, len(taken))
        best = max(best, key)
    return best if mode is EVERYONE else (0, best[0])


def worth(scores: list[list[int | None]], answer: list[int | None]) -> int:
    found = [scores[row][at] for row, at in enumerate(answer) if at is not None]
    assert None not in found, "a forbidden pair"
    return sum(one for one in found if one is not None)


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[list[int | None]], list[int]]:
    rows, columns = draw(st.integers(0, 4)), draw(st.integers(1, 3))
    one = st.one_of(st.none(), st.integers(0, 9))
    scores = [[draw(one) for _column in range(columns)] for _row in range(rows)]
    return scores, [draw(st.integers(0, 2)) for _column in range(columns)]


@settings(max_examples=150, deadline=None)
@given(tables(), st.sampled_from(MatchMode))
def test_it_equals_brute_force_and_keeps_seats_and_bans(
    table: tuple[list[list[int | None]], list[int]], mode: MatchMode
) -> None:
    scores, seats = table
    answer = assign(scores, seats, mode)
    taken = [at for at in answer if at is not None]
    assert all(taken.count(at) <= number for at, number in enumerate(seats))
    pairs, total = brute(scores, seats, mode)
    assert worth(scores, answer) == total
    if mode is EVERYONE:
        assert len(taken) == pairs


def test_the_best_total_is_not_what_a_greedy_choice_finds() -> None:
    assert assign([[9, 8], [8, 1]], [1, 1], TOTAL) == [1, 0]


def test_the_modes_differ_where_a_pair_more_costs_points() -> None:
    # Only the first mentor fits both well; the second may have the first mentee alone.
    scores: list[list[int | None]] = [[9, 0], [8, None]]
    assert assign(scores, [1, 1], TOTAL) == [0, None]
    assert assign(scores, [1, 1], EVERYONE) == [1, 0]


def test_nobody_and_no_seats_give_nothing() -> None:
    assert assign([], [1], TOTAL) == []
    assert assign([[5]], [0], EVERYONE) == [None]
    assert match([], [], WEIGHTS, TOTAL).fits == ()


LANGUAGES, SHIFTS = ("en", "tr"), ("day", "night")


@st.composite
def rounds(draw: st.DrawFn) -> tuple[list[Mentee], list[Mentor], list[tuple[int, int]]]:
    """A small round in which people 1–4 look for a mentor and people 3–6 take mentees."""
    people = st.sets(st.integers(1, 6), max_size=2).map(frozenset)
    some = {
        "languages": st.sets(st.sampled_from(LANGUAGES)).map(frozenset),
        "shifts": st.sets(st.sampled_from(SHIFTS)).map(frozenset),
        "site_id": st.sampled_from([None, 1, 2]),
        "wishes": people, "not_with": people, "above": people,
        "works_here": st.sampled_from([True, True, True, False]),
    }  # fmt: skip
    levels = st.dictionaries(st.integers(1, 3), st.integers(1, 5), max_size=2)
    mentees = [draw(st.builds(Mentee, st.just(key), levels, **some)) for key in (1, 2, 3, 4)]
    mentors = [
        draw(st.builds(Mentor, st.just(key), st.integers(0, 2), levels, **some))
        for key in (3, 4, 5, 6)
    ]
    locked = draw(st.lists(st.tuples(st.integers(1, 4), st.integers(3, 6)), max_size=2))
    return mentees, mentors, locked


@settings(max_examples=100, deadline=None)
@given(rounds(), st.sampled_from(MatchMode), st.randoms())
def test_a_match_keeps_every_rule_and_repeats(
    case: tuple[list[Mentee], list[Mentor], list[tuple[int, int]]], mode: MatchMode, chance: object
) -> None:
    mentees, mentors, locked = case
    found = match(mentees, mentors, WEIGHTS, mode, locked)
    by_mentee = {one.person_id: one for one in mentees}
    by_mentor = {one.person_id: one for one in mentors}
    for fit in found.fits:
        mentee, mentor = by_mentee[fit.mentee_id], by_mentor[fit.mentor_id]
        assert barrier(mentee, mentor) is None
        assert fit.score == score(mentee, mentor, points_of(WEIGHTS))
        assert fit.score == sum(term.points for term in fit.terms)
        assert fit.best_mentor.score >= fit.score <= fit.best_mentee.score
        assert fit.locked == ((fit.mentee_id, fit.mentor_id) in locked) or fit.locked is False
    for mentor in mentors:
        assert sum(fit.mentor_id == mentor.person_id for fit in found.fits) <= mentor.seats
    paired = {fit.mentee_id for fit in found.fits}
    alone = {one.person_id for one in found.alone if one.side is Side.MENTEE}
    assert paired | alone == by_mentee.keys()
    assert not paired & alone
    chance.shuffle(mentees)  # type: ignore[attr-defined]
    chance.shuffle(mentors)  # type: ignore[attr-defined]
    assert match(mentees, mentors, WEIGHTS, mode, locked) == found


@pytest.mark.parametrize(
    ("mentee", "mentor", "why"),
    [
        (Mentee(1), Mentor(1), Barrier.SELF),
        (Mentee(1, works_here=False), Mentor(2), Barrier.LEFT),
        (Mentee(1), Mentor(2, works_here=False), Barrier.LEFT),
        (Mentee(1, above=frozenset({2})), Mentor(2), Barrier.LINE),
        (Mentee(1), Mentor(2, above=frozenset({1})), Barrier.LINE),
        (Mentee(1, not_with=frozenset({2})), Mentor(2), Barrier.NOT_WITH),
        (Mentee(1), Mentor(2, not_with=frozenset({1})), Barrier.NOT_WITH),
        (Mentee(1), Mentor(2), None),
    ],
)
def test_what_forbids_a_pair(mentee: Mentee, mentor: Mentor, why: Barrier | None) -> None:
    assert barrier(mentee, mentor) is why


def test_a_pair_is_explained_term_by_term() -> None:
    mentee = Mentee(
        1, {7: 3, 8: 4}, frozenset({"en", "tr"}), frozenset({"day", "night"}), 5,
        wishes=frozenset({2}),
    )  # fmt: skip
    mentor = Mentor(2, 1, {7: 3, 8: 3}, frozenset({"tr"}), frozenset({"day"}), 5)
    other = Mentor(3, 1, {7: 5, 8: 5}, frozenset({"tr"}), frozenset({"day", "night"}), 5)
    found = match([mentee], [mentor, other], WEIGHTS, TOTAL, [(1, 2)])
    fit = found.fits[0]
    assert [(term.kind, term.hits, term.of, term.points) for term in fit.terms] == [
        (TermKind.GOAL, 1, 2, 25 * POINT),
        (TermKind.LANGUAGE, 1, 1, 20 * POINT),
        (TermKind.SHIFT, 1, 2, 5 * POINT),
        (TermKind.SITE, 1, 1, 5 * POINT),
        (TermKind.WISH, 1, 2, 750),
    ]
    assert fit.locked
    assert (fit.score, fit.best_mentor.person_id, fit.best_mentor.score) == (6250, 3, 8500)
    assert found.alone[0].person_id == 3
    assert found.alone[0].reason is Alone.FULL


def test_those_who_stay_alone_hear_why() -> None:
    mentees = [
        Mentee(1, languages=frozenset({"en"})),
        Mentee(2, languages=frozenset({"en"})),
        Mentee(3, languages=frozenset({"tr"}), shifts=frozenset({"day"})),
        Mentee(4, above=frozenset({9})),
        Mentee(5, works_here=False),
    ]
    mentors = [
        Mentor(9, 1, languages=frozenset({"en"}), shifts=frozenset({"night"})),
        Mentor(8, 0, languages=frozenset({"en"}), not_with=frozenset({1, 2, 3, 4, 5})),
    ]
    found = match(mentees, mentors, WEIGHTS, TOTAL)
    assert [(one.person_id, one.side, one.reason) for one in found.alone] == [
        (2, Side.MENTEE, Alone.FULL),
        (3, Side.MENTEE, Alone.NOTHING),
        (4, Side.MENTEE, Alone.BARRED),
        (5, Side.MENTEE, Alone.LEFT),
        (8, Side.MENTOR, Alone.SEATS),
    ]
    nobody = match([Mentee(1)], [], WEIGHTS, TOTAL).alone
    assert [one.reason for one in nobody] == [Alone.NOBODY]


def test_a_lock_holds_against_a_better_fit_but_not_against_a_rule_or_the_seats() -> None:
    mentees = [Mentee(1, languages=frozenset({"en"})), Mentee(2)]
    mentors = [Mentor(8, 1, languages=frozenset({"en"})), Mentor(9, 1)]
    kept = match(mentees, mentors, WEIGHTS, EVERYONE, [(1, 9)])
    assert {(fit.mentee_id, fit.mentor_id) for fit in kept.fits} == {(1, 9), (2, 8)}
    barred = [Mentee(1, not_with=frozenset({9})), Mentee(2)]
    freed = match(barred, mentors, WEIGHTS, EVERYONE, [(1, 9)])
    assert {(fit.mentee_id, fit.mentor_id) for fit in freed.fits} == {(1, 8), (2, 9)}
    both = match(mentees, mentors, WEIGHTS, EVERYONE, [(1, 8), (2, 8)])
    assert [fit.locked for fit in both.fits] == [True, False]
