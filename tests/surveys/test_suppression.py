"""Complementary suppression: worked examples, and proof that nothing small can be worked out."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.surveys.suppression import (
    safe_to_add,
    smallest_derivable,
    visible_groups,
    visible_in_tree,
)

pytestmark = pytest.mark.once("pure functions, no database")


def test_a_small_team_hides_its_only_neighbour_too() -> None:
    """A = 3, B = 6 in a unit of 9: with B shown, A would be the rest."""
    assert visible_groups({"A": 3, "B": 6}, 5) == set()


def test_of_two_large_groups_the_smaller_one_goes() -> None:
    assert visible_groups({"A": 3, "B": 6, "C": 9}, 5) == {"C"}


def test_two_small_groups_that_are_large_together_cover_each_other() -> None:
    assert visible_groups({"A": 3, "B": 3, "C": 6}, 5) == {"C"}


def test_nobody_answering_hides_nobody_else() -> None:
    assert visible_groups({"A": 0, "B": 6, "C": 5}, 5) == {"B", "C"}


def test_too_few_in_all_show_nothing() -> None:
    assert visible_groups({"A": 2, "B": 2}, 5) == set()


def test_in_a_tree_the_unit_is_shown_and_both_its_teams_are_hidden() -> None:
    counts = {"all": 20, "unit": 9, "A": 3, "B": 6, "other": 11}
    parents = {"all": None, "unit": "all", "A": "unit", "B": "unit", "other": "all"}
    assert visible_in_tree(counts, parents, 5) == {"all", "unit", "other"}


def test_whoever_stands_above_the_teams_is_not_left_over_alone() -> None:
    """A unit of 14 with its manager and teams of 7 and 6: both teams would leave the manager."""
    counts = {"unit": 14, "A": 7, "B": 6}
    assert visible_in_tree(counts, {"unit": None, "A": "unit", "B": "unit"}, 5) == {"unit", "A"}


def test_beneath_a_hidden_group_everything_is_hidden() -> None:
    counts = {"all": 12, "A": 3, "B": 9, "B1": 9}
    parents = {"all": None, "A": "all", "B": "all", "B1": "B"}
    assert visible_in_tree(counts, parents, 5) == {"all"}


SITES = {
    "all": frozenset("abcd"), "site": frozenset("abc"), "far": frozenset("d"),
    "team": frozenset("ab"),
}  # fmt: skip
SIZES = {"a": 6, "b": 4, "c": 1, "d": 9}


def test_a_site_that_is_a_team_and_one_more_is_hidden_and_so_is_what_gives_it_away() -> None:
    assert safe_to_add({"site", "far"}, {"all", "team"}, SITES, SIZES, 5) == set()


def test_a_site_that_crosses_no_team_is_shown() -> None:
    sizes = SIZES | {"c": 5}
    assert safe_to_add({"site", "far"}, {"all", "team"}, SITES, sizes, 5) == {"site", "far"}


def test_the_smallest_set_is_found_through_several_groups() -> None:
    """Two teams and one person make two sites: no pair tells of them, all four together do."""
    groups = [frozenset("ab"), frozenset("cdx"), frozenset("ac"), frozenset("bd")]
    assert smallest_derivable(groups, {**dict.fromkeys("abcd", 7), "x": 1}) == 1


def test_where_nobody_answered_there_is_nothing_to_single_out() -> None:
    assert smallest_derivable([frozenset("ab")], {"a": 0, "b": 0}) is None


# --- What an attacker with pencil and paper can find out ------------------------------------------

Row = tuple[Fraction, ...]


def rank(rows: list[Row]) -> int:
    """The rank of a matrix, exactly."""
    rows, found = [list(row) for row in rows], 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((i for i in range(found, len(rows)) if rows[i][column]), None)
        if pivot is None:
            continue
        rows[found], rows[pivot] = rows[pivot], rows[found]
        for i in range(found + 1, len(rows)):
            factor = rows[i][column] / rows[found][column]
            rows[i] = [a - factor * b for a, b in zip(rows[i], rows[found], strict=True)]
        found += 1
    return found


def derivable(wanted: set[int], shown: list[set[int]], atoms: list[int]) -> bool:
    """Whether adding and subtracting what is shown can give the sum over ``wanted``.

    The same sums of numbers give a mean: whoever can work out how many answered and what their
    answers add up to knows it, whoever cannot does not.
    """

    def row(members: set[int]) -> Row:
        return tuple(Fraction(int(atom in members)) for atom in atoms)

    known = [row(members) for members in shown]
    return rank([*known, row(wanted)]) == rank(known)


def assert_nothing_small_leaks(
    shown: list[set[int]], hidden: list[set[int]], sizes: dict[int, int], minimum: int
) -> None:
    atoms = [atom for atom, size in sizes.items() if size]
    held = [members & set(atoms) for members in shown]
    for members in hidden:
        if members & set(atoms):
            assert not derivable(members & set(atoms), held, atoms)
    for number in range(1, len(atoms) + 1):
        for some in combinations(atoms, number):
            if sum(sizes[atom] for atom in some) < minimum:
                assert not derivable(set(some), held, atoms)


@st.composite
def trees(draw: st.DrawFn) -> tuple[dict[int, int], dict[int, int | None], int]:
    """Own members of each node, the parent of each, and the minimum."""
    number = draw(st.integers(1, 8))
    parents: dict[int, int | None] = {0: None}
    for node in range(1, number):
        parents[node] = draw(st.integers(0, node - 1))
    own = {node: draw(st.integers(0, 9)) for node in range(number)}
    return own, parents, draw(st.integers(3, 6))


def beneath(node: int, parents: dict[int, int | None]) -> set[int]:
    found = {node}
    for child in sorted(parents):
        if parents[child] in found:
            found.add(child)
    return found


@settings(max_examples=150, deadline=None)
@given(trees())
def test_nothing_hidden_in_a_tree_can_be_worked_out(
    case: tuple[dict[int, int], dict[int, int | None], int],
) -> None:
    own, parents, minimum = case
    members = {node: beneath(node, parents) for node in own}
    counts = {node: sum(own[one] for one in members[node]) for node in own}
    shown = visible_in_tree(counts, parents, minimum)
    assert all(counts[node] >= minimum for node in shown)
    hidden = [members[node] for node in own if node not in shown]
    assert_nothing_small_leaks([members[node] for node in shown], hidden, own, minimum)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.integers(0, 12), min_size=1, max_size=7), st.integers(3, 6))
def test_nothing_hidden_in_a_partition_can_be_worked_out(sizes: list[int], minimum: int) -> None:
    counts = dict(enumerate(sizes))
    shown = visible_groups(counts, minimum)
    total = [set(counts)] if sum(sizes) >= minimum else []
    known = total + [{key} for key in shown]
    hidden = [{key} for key in counts if key not in shown]
    if total:
        assert_nothing_small_leaks(known, hidden, counts, minimum)
    else:
        assert not shown


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(5, 12), min_size=1, max_size=7))
def test_where_every_group_is_large_all_are_shown(sizes: list[int]) -> None:
    assert visible_groups(dict(enumerate(sizes)), 5) == set(range(len(sizes)))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_the_smallest_set_equals_that_of_trying_every_one(data: st.DataObject) -> None:
    sizes = dict(enumerate(data.draw(st.lists(st.integers(1, 9), min_size=1, max_size=6))))
    groups = data.draw(st.lists(st.frozensets(st.sampled_from(sorted(sizes))), max_size=5))
    tried = [
        sum(sizes[atom] for atom in some)
        for number in range(1, len(sizes) + 1)
        for some in combinations(sizes, number)
        if derivable(set(some), [set(one) for one in groups], list(sizes))
    ]
    assert smallest_derivable(groups, sizes) == min(tried, default=None)
