"""Cover, depth, simultaneous cover and who the bottleneck is, against plain search."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from portal.succession.coverage import Post, Shortage, coverage, index

AYSE, KENJI = 1, 2
EXAMPLE = (
    Post(1, ready=(AYSE,)),
    Post(2, ready=(AYSE,)),
    Post(3, ready=(AYSE, KENJI)),
    Post(4),
)
"""Ayşe is named three times, Kenji once; nobody for the fourth post."""

people = st.lists(st.integers(1, 6), max_size=4, unique=True).map(tuple)
benches = st.lists(people, max_size=6).map(
    lambda rows: tuple(Post(number + 1, ready=row) for number, row in enumerate(rows))
)


def test_one_star_named_three_times_fills_one_post() -> None:
    found = coverage(EXAMPLE)
    assert found.cover == Fraction(3, 4)
    assert found.simultaneous == Fraction(1, 2)
    assert found.depth == 1
    assert found.shortages == (Shortage((1, 2), (AYSE,)),)
    assert found.pivotal == {AYSE, KENJI}
    assert found.load == {AYSE: 3, KENJI: 1}


def test_the_index_counts_a_person_once_in_all() -> None:
    assert index(EXAMPLE) == {
        1: Fraction(1, 3), 2: Fraction(1, 3), 3: Fraction(4, 3), 4: Fraction(),
    }  # fmt: skip


def test_who_is_only_named_counts_for_depth_and_not_for_cover() -> None:
    found = coverage([Post(1, named=(AYSE, KENJI))])
    assert (found.cover, found.depth, found.simultaneous) == (0, 2, 0)
    assert not found.shortages


def test_no_posts_have_no_figures() -> None:
    found = coverage(())
    assert (found.cover, found.depth, found.simultaneous) == (None, None, None)


def largest(posts: tuple[Post, ...]) -> int:
    """The most posts that can be filled at once, by trying every order of filling."""

    def best(at: int, used: frozenset[int]) -> int:
        if at == len(posts):
            return 0
        taken = [
            1 + best(at + 1, used | {person}) for person in posts[at].ready if person not in used
        ]
        return max([best(at + 1, used), *taken])

    return best(0, frozenset())


@given(benches)
def test_simultaneous_cover_equals_plain_search(posts: tuple[Post, ...]) -> None:
    found = coverage(posts)
    assert len(found.matching) == largest(posts)
    assert len(set(found.matching.values())) == len(found.matching)
    assert all(found.matching[post.id] in post.ready for post in posts if post.id in found.matching)


@given(benches)
def test_pivotal_people_are_those_without_whom_fewer_posts_can_be_filled(
    posts: tuple[Post, ...],
) -> None:
    whole = largest(posts)

    def without(person: int) -> tuple[Post, ...]:
        return tuple(
            Post(post.id, ready=tuple(one for one in post.ready if one != person)) for post in posts
        )

    everybody = {person for post in posts for person in post.ready}
    missed = {person for person in everybody if largest(without(person)) < whole}
    assert coverage(posts).pivotal == missed


@given(benches)
def test_shortages_are_groups_of_posts_with_too_few_people(posts: tuple[Post, ...]) -> None:
    found = coverage(posts)
    known = {post.id: set(post.ready) for post in posts}
    lacking = sum(len(one.posts) - len(one.people) for one in found.shortages)
    nobody = sum(not people for people in known.values())
    assert len(posts) - len(found.matching) == lacking + nobody
    for one in found.shortages:
        assert set(one.people) == set().union(*(known[post] for post in one.posts))
        assert len(one.people) < len(one.posts)
    for one, other in combinations(found.shortages, 2):
        assert not set(one.people) & set(other.people)


@given(benches)
def test_the_order_of_the_posts_changes_nothing(posts: tuple[Post, ...]) -> None:
    assert coverage(posts) == coverage(reversed(posts))
