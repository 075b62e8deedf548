"""What happens if people leave: who moves up, what that empties, what stays empty; no database."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from portal.succession.coverage import Post


@dataclass(frozen=True, slots=True)
class Move:
    """Somebody takes a post over; ``leaves`` is the key position they held, if any."""

    post: int
    person: int
    leaves: int | None


@dataclass(frozen=True, slots=True)
class Round:
    """Posts that stand empty at once, who fills them, and those nobody fills."""

    empty: tuple[int, ...]
    moves: tuple[Move, ...]
    unfilled: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The whole chain. ``emergency`` are unfilled posts that only emergency cover can hold."""

    rounds: tuple[Round, ...]
    emergency: Mapping[int, tuple[int, ...]]

    @property
    def moves(self) -> tuple[Move, ...]:
        """Everybody who moves, in order."""
        return tuple(move for one in self.rounds for move in one.moves)

    @property
    def unfilled(self) -> tuple[int, ...]:
        """Posts that stay empty, those with emergency cover included."""
        return tuple(post for one in self.rounds for post in one.unfilled)

    @property
    def empty(self) -> tuple[int, ...]:
        """Posts that stay empty and have not even emergency cover."""
        return tuple(post for post in self.unfilled if post not in self.emergency)


def chain(posts: Iterable[Post], leavers: Collection[int]) -> Outcome:
    """Follow the moves that leavers cause, until only posts outside the plan fall empty.

    Each round fills the posts that stand empty, those without a holder included: as many as can
    be, then by the best ranks in all, with people who are ready and have not moved. What they held
    falls empty for the next round. Nobody moves twice.
    """
    known = {post.id: post for post in sorted(posts, key=lambda post: post.id)}
    holds = {post.holder: post.id for post in known.values() if post.holder is not None}
    gone = set(leavers)
    empty = [key for key, post in known.items() if post.holder is None or post.holder in gone]
    rounds: list[Round] = []
    while empty:
        choices = {key: [one for one in known[key].ready if one not in gone] for key in empty}
        chosen = assigned(choices)
        moves = tuple(Move(key, chosen[key], holds.get(chosen[key])) for key in sorted(chosen))
        unfilled = tuple(key for key in empty if key not in chosen)
        rounds.append(Round(tuple(empty), moves, unfilled))
        gone |= set(chosen.values())
        empty = sorted(move.leaves for move in moves if move.leaves is not None)
    return Outcome(tuple(rounds), _emergency(known, rounds, gone))


def assigned(choices: Mapping[int, Sequence[int]]) -> dict[int, int]:
    """A person for as many posts as can be, and among those the lowest sum of ranks.

    Exact (rectangular assignment, Crouse 2016). Of equal ones the lower ids win, so that the same
    question has the same answer.
    """
    posts = sorted(choices)
    people = sorted({person for key in posts for person in choices[key]})
    if not people:
        return {}
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    # One whole number orders all: posts filled, then ranks, then ids; far below 2**53, so exact.
    width = len(people) + len(posts)
    step = len(posts) * width + 1
    nobody = max(len(choices[key]) for key in posts) * len(posts) + 1
    # A column for each person, and one a post for leaving it empty.
    cost = np.full((len(posts), width), float(nobody * step * (len(posts) + 1)))
    column = {person: at for at, person in enumerate(people)}
    for row, key in enumerate(posts):
        cost[row, len(people) + row] = nobody * step + len(posts) - row
        for rank, person in reversed(list(enumerate(choices[key]))):
            cost[row, column[person]] = rank * step + column[person]
    rows, columns = linear_sum_assignment(cost)
    pairs = zip(rows.tolist(), columns.tolist(), strict=True)
    return {posts[row]: people[at] for row, at in pairs if at < len(people)}


def _emergency(
    known: Mapping[int, Post], rounds: Sequence[Round], gone: Collection[int]
) -> dict[int, tuple[int, ...]]:
    """Who could step in at what stays empty, of those who neither left nor moved."""
    found = {}
    for key in (post for one in rounds for post in one.unfilled):
        there = tuple(one for one in known[key].emergency if one not in gone)
        if there:
            found[key] = there
    return found
