"""How well key positions are covered, worked out from plain facts; no database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Post:
    """A key position: who holds it, who is ready to take it (best first), who is named at all.

    ``emergency`` are people who could step in for a while; they count for no cover.
    """

    id: int
    holder: int | None = None
    ready: tuple[int, ...] = ()
    named: tuple[int, ...] = ()
    emergency: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Shortage:
    """Posts that together have fewer ready people than there are posts, and who those are."""

    posts: tuple[int, ...]
    people: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the bench of a set of posts comes to.

    ``matching`` names one person for as many posts as can be filled at once. ``pivotal`` are people
    without whom fewer posts could be filled at once. ``load`` counts the posts each ready person is
    ready for.
    """

    posts: int
    covered: int
    named: int
    matching: Mapping[int, int]
    shortages: tuple[Shortage, ...]
    pivotal: frozenset[int]
    load: Mapping[int, int]

    @property
    def cover(self) -> Fraction | None:
        """Posts with a ready successor among all posts."""
        return Fraction(self.covered, self.posts) if self.posts else None

    @property
    def depth(self) -> Fraction | None:
        """Successors a post, whatever their readiness."""
        return Fraction(self.named, self.posts) if self.posts else None

    @property
    def simultaneous(self) -> Fraction | None:
        """Posts that could be filled at the same time among all posts."""
        return Fraction(len(self.matching), self.posts) if self.posts else None


def coverage(posts: Iterable[Post]) -> Coverage:
    """Cover, depth and simultaneous cover of posts.

    Simultaneous cover is a maximum matching of ready people to posts (Hopcroft and Karp 1973). The
    shortages and the pivotal people follow from the alternating paths of any such matching and are
    the same for all of them (Dulmage and Mendelsohn 1958).
    """
    rows = sorted(posts, key=lambda post: post.id)
    ready = {post.id: tuple(dict.fromkeys(post.ready)) for post in rows}
    matching = _matched(ready)
    return Coverage(
        posts=len(rows),
        covered=sum(bool(people) for people in ready.values()),
        named=sum(len({*post.named, *post.ready}) for post in rows),
        matching=matching,
        shortages=tuple(_shortages(ready, matching)),
        pivotal=_pivotal(ready, matching),
        load=Counter(person for people in ready.values() for person in people),
    )


def index(posts: Iterable[Post]) -> dict[int, Fraction]:
    """How thinly the successors of each post are spread: the sum over them of 1 / posts they serve.

    A post whose successors serve no other post has its number of successors; the more they are
    named elsewhere, the less it has (Nakisa's succession index).
    """
    named = {post.id: {*post.named, *post.ready} for post in posts}
    times = Counter(person for people in named.values() for person in people)
    return {
        key: sum((Fraction(1, times[person]) for person in people), Fraction())
        for key, people in named.items()
    }


def _matched(ready: Mapping[int, Sequence[int]]) -> dict[int, int]:
    import networkx as nx

    graph: nx.Graph[tuple[str, int]] = nx.Graph()
    posts = [("post", key) for key in ready]
    graph.add_nodes_from(posts)
    graph.add_edges_from(
        (("post", key), ("person", person)) for key, people in ready.items() for person in people
    )
    found = nx.bipartite.hopcroft_karp_matching(graph, posts)
    return {key: found["post", key][1] for key in ready if ("post", key) in found}


def _shortages(
    ready: Mapping[int, Sequence[int]], matching: Mapping[int, int]
) -> Iterable[Shortage]:
    """What alternating paths reach from the posts left over, in parts that share nobody."""
    holds = {person: post for post, person in matching.items()}
    short = [post for post, people in ready.items() if people and post not in matching]
    reached = set(short)
    while short:
        # Everybody on the way is matched, or the matching could grow.
        further = {holds[person] for person in ready[short.pop()]} - reached
        reached |= further
        short += sorted(further)
    parts: list[tuple[set[int], set[int]]] = []
    for post in sorted(reached):
        posts, people = {post}, set(ready[post])
        for part in [part for part in parts if part[1] & people]:
            parts.remove(part)
            posts |= part[0]
            people |= part[1]
        parts.append((posts, people))
    for posts, people in sorted(parts, key=lambda part: min(part[0])):
        yield Shortage(tuple(sorted(posts)), tuple(sorted(people)))


def _pivotal(ready: Mapping[int, Sequence[int]], matching: Mapping[int, int]) -> frozenset[int]:
    """Matched people whom no free person can replace along an alternating path."""
    able: dict[int, list[int]] = {}
    for post, people in ready.items():
        for person in people:
            able.setdefault(person, []).append(post)
    matched = set(matching.values())
    replaceable = set(able) - matched
    waiting = list(replaceable)
    while waiting:
        for post in able[waiting.pop()]:
            holder = matching[post]
            if holder not in replaceable:
                replaceable.add(holder)
                waiting.append(holder)
    return frozenset(matched - replaceable)
