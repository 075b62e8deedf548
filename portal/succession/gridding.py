"""The talent grid as a page shows it: boxes with people, who is not placed, how many in each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.accounts.models import Account
from portal.core.db import Words, db
from portal.people.models import Team, full_name
from portal.succession import queries
from portal.succession.models import TalentGrid

Box = tuple[int, int]


@dataclass(frozen=True)
class Placed:
    """One person; ``row`` as ``people_in_grid`` gives it."""

    row: Any

    @property
    def name(self) -> str:
        """The full name in the order of its language."""
        return full_name(self.row.given_name, self.row.family_name, self.row.language)


@dataclass(frozen=True)
class Grid:
    """Everybody the viewer may place, by box; ``open`` are those without a placement."""

    grid: TalentGrid
    boxes: dict[Box, list[Placed]]
    open: list[Placed]

    @property
    def placed(self) -> int:
        """How many stand in the grid."""
        return sum(len(people) for people in self.boxes.values())

    def box_name(self, x: int, y: int) -> Words:
        """What a box is called."""
        name: Words = self.grid.boxes.get(f"{x}-{y}", {})
        return name

    def lines(self) -> Iterator[tuple[int, list[tuple[int, list[Placed]]]]]:
        """Rows from the top down, each with its boxes from left to right."""
        side = range(self.grid.size)
        for y in reversed(side):
            yield y, [(x, self.boxes.get((x, y), [])) for x in side]

    def shares(self) -> list[tuple[Words, int, float]]:
        """Each box with how many people stand in it and their share of all who are placed."""
        return [
            (self.box_name(x, y), len(people), len(people) / self.placed if self.placed else 0)
            for y, line in self.lines()
            for x, people in line
        ]


@dataclass(frozen=True)
class Shift:
    """How many stood in a box before a session and after it."""

    name: Words
    before: int
    after: int


def shifts(before: Grid, after: Grid) -> list[Shift]:
    """The boxes in which somebody stood before or after, from the top down."""
    return [
        Shift(name, earlier, number)
        for (name, number, _share), (_name, earlier, _other) in zip(
            after.shares(), before.shares(), strict=True
        )
        if number or earlier
    ]


def grid_of(
    viewer: Account,
    grid: TalentGrid,
    day: date,
    team: Team | None = None,
    until: int | None = None,
) -> Grid:
    """The grid as the viewer may see it, up to a placement if one is given: one statement."""
    boxes: dict[Box, list[Placed]] = {}
    unplaced: list[Placed] = []
    for row in db.session.execute(queries.people_in_grid(viewer, grid.id, day, team, until)):
        place = unplaced if row.x is None else boxes.setdefault((row.x, row.y), [])
        place.append(Placed(row))
    return Grid(grid, boxes, unplaced)
