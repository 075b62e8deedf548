"""The groups of a survey: everyone, each team with those below it, sites, time here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from portal.core.db import db
from portal.surveys import queries
from portal.surveys.models import Survey
from portal.surveys.states import TenureBand
from portal.surveys.suppression import safe_to_add, visible_groups, visible_in_tree

ALL = "all"
Place = tuple[str, int, str]
"""A team by its path, a site, and a time here: where nobody can be told apart any more."""


@dataclass(frozen=True)
class Head:
    """How many are asked somewhere, and how many have answered."""

    asked: int = 0
    answered: int = 0


@dataclass
class Groups:
    """Who is asked, by groups; ``parents`` is the tree of teams beneath everyone."""

    heads: dict[Place, Head]
    members: dict[str, frozenset[Place]] = field(default_factory=dict)
    parents: dict[str, str | None] = field(default_factory=dict)

    def head(self, key: str) -> Head:
        """How many are asked in a group, and how many have answered."""
        places = [self.heads[place] for place in self.members[key]]
        return Head(sum(one.asked for one in places), sum(one.answered for one in places))

    def of_kind(self, kind: str) -> list[str]:
        """The keys of sites or of times here."""
        return sorted(key for key in self.members if key.startswith(f"{kind}:"))


def keys_of(path: str, site_id: int, tenure: str) -> list[str]:
    """Every group that somebody of a place belongs to."""
    teams = [f"team:{team_id}" for team_id in path.strip("/").split("/")]
    return [ALL, *teams, f"site:{site_id}", f"tenure:{TenureBand(tenure)}"]


def groups_of(survey: Survey) -> Groups:
    """The groups of everybody who is asked, one statement."""
    rows = db.session.execute(queries.places_of(survey.id))
    return grouped({
        (row.path, row.site_id, str(row.tenure)): Head(row.asked, row.answered) for row in rows
    })  # fmt: skip


def grouped(heads: dict[Place, Head]) -> Groups:
    """The groups these places make up."""
    found: defaultdict[str, set[Place]] = defaultdict(set)
    parents: dict[str, str | None] = {ALL: None}
    for place in heads:
        path, *_rest = place
        above = ALL
        for team_id in path.strip("/").split("/"):
            key = f"team:{team_id}"
            parents[key], above = above, key
        for key in keys_of(*place):
            found[key].add(place)
    members = {key: frozenset(places) for key, places in found.items()}
    return Groups(heads, members, {key: above for key, above in parents.items() if key in members})


def large_enough(groups: Groups, count: Callable[[Head], int], minimum: int) -> set[str]:
    """The groups that may be shown side by side, none of them or of what is left being small.

    First everyone and the tree of teams, then sites, then time here, as far as they add nothing
    that singles out fewer than ``minimum``.
    """
    counts = {key: count(groups.head(key)) for key in groups.members}
    sizes = {place: count(head) for place, head in groups.heads.items()}
    shown = visible_in_tree(_of(counts, groups.parents), groups.parents, minimum)
    if ALL not in shown:
        return set()
    for kind in ("site", "tenure"):
        parts = {key: counts[key] for key in groups.of_kind(kind)}
        wanted = visible_groups(parts, minimum)
        shown |= safe_to_add(wanted, shown, groups.members, sizes, minimum)
    return shown


def _of(counts: Mapping[str, int], keys: Mapping[str, str | None]) -> dict[str, int]:
    return {key: counts[key] for key in keys}


def asked(head: Head) -> int:
    """How many are asked."""
    return head.asked


def answered(head: Head) -> int:
    """How many have answered."""
    return head.answered
