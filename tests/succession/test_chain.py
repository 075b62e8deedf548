"""The chain of moves that leavers cause, each round against plain search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hypothesis import given
from hypothesis import strategies as st

from portal.succession.chain import Move, assigned, chain
from portal.succession.coverage import Post

DIRECTOR, NORTH, SOUTH, LEAD = 1, 2, 3, 4
POSTS = (
    Post(DIRECTOR, holder=10, ready=(20, 30)),
    Post(NORTH, holder=20, ready=(40,)),
    Post(SOUTH, holder=30, emergency=(50,)),
    Post(LEAD, holder=40, ready=(60,)),
)
"""A director, two managers below, a lead below one of them; 50 and 60 hold no key position."""


def test_a_leaver_at_the_top_moves_people_up_until_a_post_outside_the_plan_falls_empty() -> None:
    found = chain(POSTS, {10})
    assert found.moves == (
        Move(DIRECTOR, 20, NORTH),
        Move(NORTH, 40, LEAD),
        Move(LEAD, 60, None),
    )
    assert found.unfilled == ()


def test_a_post_nobody_is_ready_for_stays_empty_and_names_who_could_step_in() -> None:
    found = chain(POSTS, {30})
    assert found.unfilled == (SOUTH,)
    assert found.emergency == {SOUTH: (50,)}
    assert found.empty == ()


def test_who_leaves_or_has_moved_steps_in_nowhere() -> None:
    assert chain(POSTS, {30, 50}).empty == (SOUTH,)


def test_several_leavers_are_filled_as_one_so_that_the_fewest_posts_stay_empty() -> None:
    posts = (Post(1, holder=10, ready=(20, 30)), Post(2, holder=11, ready=(20,)))
    found = chain(posts, {10, 11})
    assert {move.post: move.person for move in found.moves} == {1: 30, 2: 20}


def test_a_post_that_is_empty_already_wants_its_successor_too() -> None:
    found = chain([Post(1, ready=(20,)), Post(2, holder=11, ready=(20,))], {11})
    assert found.moves == (Move(1, 20, None),)
    assert found.unfilled == (2,)


def test_nothing_happens_if_nobody_leaves() -> None:
    assert chain(POSTS, ()).rounds == ()


def search(choices: Mapping[int, Sequence[int]]) -> tuple[int, int]:
    """Posts left empty and the sum of ranks of the best assignment, by trying all."""

    def best(posts: Sequence[int], used: frozenset[int]) -> tuple[int, int]:
        if not posts:
            return (0, 0)
        empty, ranks = best(posts[1:], used)
        found = [(empty + 1, ranks)]
        for rank, person in enumerate(choices[posts[0]]):
            if person not in used:
                empty, ranks = best(posts[1:], used | {person})
                found.append((empty, ranks + rank))
        return min(found)

    return best(list(choices), frozenset())


@given(
    st.dictionaries(
        st.integers(1, 9), st.lists(st.integers(1, 6), max_size=4, unique=True), max_size=5
    )
)
def test_a_round_is_the_best_there_is(choices: dict[int, list[int]]) -> None:
    found = assigned(choices)
    assert len(set(found.values())) == len(found)
    ranks = sum(choices[post].index(person) for post, person in found.items())
    assert (len(choices) - len(found), ranks) == search(choices)


people = st.lists(st.integers(1, 9), max_size=3, unique=True).map(tuple)


@st.composite
def plans(draw: st.DrawFn) -> tuple[tuple[Post, ...], set[int]]:
    """A few posts, each held by one person or nobody, and some who leave."""
    holders = draw(st.lists(st.integers(1, 9), max_size=5, unique=True))
    empty = draw(st.integers(0, 2))
    posts = tuple(
        Post(number + 1, holder, tuple(one for one in draw(people) if one != holder))
        for number, holder in enumerate([*holders, *[None] * empty])
    )
    return posts, draw(st.sets(st.integers(1, 9), max_size=3))


@given(plans())
def test_nobody_moves_twice_and_every_empty_post_is_accounted_for(
    plan: tuple[tuple[Post, ...], set[int]],
) -> None:
    posts, leavers = plan
    found = chain(posts, leavers)
    movers = [move.person for move in found.moves]
    assert len(set(movers)) == len(movers)
    assert not set(movers) & leavers
    known = {post.id: post for post in posts}
    assert all(move.person in known[move.post].ready for move in found.moves)
    emptied = {post.id for post in posts if post.holder is None or post.holder in leavers}
    emptied |= {move.leaves for move in found.moves if move.leaves is not None}
    filled = {move.post for move in found.moves}
    assert emptied == filled | set(found.unfilled)
    assert not filled & set(found.unfilled)


@given(plans())
def test_each_round_leaves_as_few_posts_empty_as_can_be(
    plan: tuple[tuple[Post, ...], set[int]],
) -> None:
    posts, leavers = plan
    known, gone = {post.id: post for post in posts}, set(leavers)
    for one in chain(posts, leavers).rounds:
        choices = {
            key: [person for person in known[key].ready if person not in gone] for key in one.empty
        }
        assert len(one.unfilled) == search(choices)[0]
        gone |= {move.person for move in one.moves}


@given(plans())
def test_the_same_question_has_the_same_answer(plan: tuple[tuple[Post, ...], set[int]]) -> None:
    posts, leavers = plan
    assert chain(posts, leavers) == chain(tuple(reversed(posts)), sorted(leavers))
