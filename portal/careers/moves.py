"""Moves people really made from one role to another, in groups too large to point at anybody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Any

from portal.careers.experience import Spell, months_of
from portal.core.charts import Graph, GraphEdge, GraphNode

PAUSE = timedelta(days=31)
"""A longer time away ends a way: whoever comes back later begins a new one."""


@dataclass(frozen=True)
class Move:
    """One role left for another, and the months spent in it before."""

    person_id: int
    start: int
    end: int
    months: int


@dataclass(frozen=True)
class Branch:
    """All moves from one role to another: how many people, and the median of their months."""

    start: int
    end: int
    people: int
    months: int


def moves(rows: Iterable[Any]) -> list[Move]:
    """Every move in rows of ``role_changes``, which come person by person in the order of time."""
    found: list[Move] = []
    before: Any = None
    for row in rows:
        if before is not None and before.person_id == row.person_id and _goes_on(row):
            spent = [Spell(before.starts_on, row.starts_on - timedelta(days=1))]
            last = row.starts_on - timedelta(days=1)
            found.append(Move(row.person_id, before.role_id, row.role_id, months_of(spent, last)))
        before = row
    return found


def _goes_on(row: Any) -> bool:  # noqa: ANN401 - a row of ``role_changes``
    """Whether what came before ended when this began, or shortly before."""
    ended: date | None = row.ended_on
    return ended is None or row.starts_on - ended <= PAUSE


def branches(found: Iterable[Move], fewest: int) -> list[Branch]:
    """Groups of ``fewest`` people or more, the largest first; smaller ones are left out.

    There is no total, of all moves or of a role, from which a small group could be reckoned.
    """
    grouped: dict[tuple[int, int], list[Move]] = {}
    for one in found:
        grouped.setdefault((one.start, one.end), []).append(one)
    shown = [
        Branch(start, end, people, round(median(one.months for one in group)))
        for (start, end), group in grouped.items()
        if (people := len({one.person_id for one in group})) >= fewest
    ]
    return sorted(shown, key=lambda one: (-one.people, one.start, one.end))


def drawn(
    title: str, found: list[Branch], names: dict[int, str], levels: dict[int, int],
    kinds: tuple[str, str],
) -> Graph:  # fmt: skip
    """The branches as a chart; ``kinds`` are the words for a step up and any other one."""
    used = {key for one in found for key in (one.start, one.end)}
    ordered = sorted(used, key=lambda key: (levels[key], key))
    ups = [levels[one.end] > levels[one.start] for one in found]
    return Graph(
        title,
        tuple(GraphNode(key, names[key]) for key in ordered),
        tuple(GraphEdge(one.start, one.end, kinds[0] if up else kinds[1], up)
              for one, up in zip(found, ups, strict=True)),
    )  # fmt: skip
