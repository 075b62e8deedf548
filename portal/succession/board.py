"""The bench as a viewer may see it: positions, holders, successors, alarms, coverage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import sqlalchemy as sa

from portal.accounts.models import Account
from portal.core.db import db
from portal.core.tables import Page
from portal.people.models import Person, Team
from portal.people.queries import within
from portal.succession import coverage as figures
from portal.succession import operations, queries
from portal.succession.alarms import Alert, warnings_of
from portal.succession.coverage import Coverage, Post
from portal.succession.models import KeyPosition, Nomination, PositionAssessment
from portal.succession.states import NominationState

SIZE = 50
"""Rows of the table on one page."""


@dataclass(frozen=True)
class Row:
    """One key position; what concerns the viewer themself is not in it.

    ``successors`` are open nominations in their order; who has left is among them. ``assessment``
    is the newest one, and ``None`` where the viewer holds the position.
    """

    key_position: KeyPosition
    holder: Person | None
    assessment: PositionAssessment | None
    successors: list[Nomination]
    warnings: list[Alert]
    post: Post

    @property
    def approved(self) -> list[Nomination]:
        """Nominations that count."""
        return [one for one in self.successors if one.state is NominationState.APPROVED]


@dataclass(frozen=True)
class Bench:
    """Rows in the order of the team tree."""

    rows: list[Row]

    @cached_property
    def posts(self) -> list[Post]:
        """The rows as plain facts."""
        return [row.post for row in self.rows]

    @cached_property
    def coverage(self) -> Coverage:
        """What it comes to."""
        return figures.coverage(self.posts)

    @cached_property
    def people(self) -> dict[int, Person]:
        """Everybody in it by id: holders and nominees."""
        found = {row.holder.id: row.holder for row in self.rows if row.holder}
        return found | {one.nominee_id: one.nominee for row in self.rows for one in row.successors}

    @cached_property
    def _by_id(self) -> dict[int, Row]:
        return {row.key_position.id: row for row in self.rows}

    def row(self, key: int) -> Row:
        """The row of a key position."""
        return self._by_id[key]

    @property
    def spread_thin(self) -> list[tuple[Person, int]]:
        """People ready for more than one position, with how many, the most first."""
        many = [(self.people[key], times) for key, times in self.coverage.load.items() if times > 1]
        return sorted(many, key=lambda pair: (-pair[1], pair[0].id))


def bench_of(viewer: Account, day: date, team: Team | None = None) -> Bench:
    """Everything the viewer plans for, or the part of it at and below a team.

    Seven statements, however many positions there are.
    """
    found = queries.with_plans(queries.key_positions(viewer))
    if team is not None:
        found = found.where(within(Team.path, team.path))
    return _filled(viewer, db.session.scalars(found).all(), day)


def row_of(viewer: Account, key_position: KeyPosition, day: date) -> Row:
    """One position as the viewer may see it."""
    return _filled(viewer, [key_position], day).rows[0]


def _filled(viewer: Account, positions: Iterable[KeyPosition], day: date) -> Bench:
    positions = list(positions)
    holders = {
        job.position_id: job.person
        for job in db.session.scalars(
            queries.holders_of([one.position_id for one in positions], day)
        )
    }
    named = {one.nominee_id for row in positions for one in row.nominations if one.is_open}
    working = set(db.session.scalars(queries.at_work(named, day)))
    settings = operations.settings()
    rows = []
    for one in positions:
        holder = holders.get(one.position_id)
        own = holder is not None and holder.id == viewer.person_id
        seen = [
            row for row in one.nominations if row.is_open and row.nominee_id != viewer.person_id
        ]
        warnings = [
            warning
            for warning in warnings_of(
                one, holder_id=holder.id if holder else None, working=working,
                settings=settings, day=day,
            )
            if warning.nomination is None or warning.nomination in seen
        ]  # fmt: skip
        newest = next(iter(one.assessments), None)
        rows.append(
            Row(
                one,
                holder,
                None if own else newest,
                seen,
                warnings,
                _post(one, holder, seen, working),
            )
        )
    return Bench(rows)


def _post(
    key_position: KeyPosition,
    holder: Person | None,
    seen: Iterable[Nomination],
    working: set[int],
) -> Post:
    counting = [
        one
        for one in seen
        if one.state is NominationState.APPROVED and one.nominee_id in working
        and (holder is None or one.nominee_id != holder.id)
    ]  # fmt: skip
    return Post(
        key_position.id,
        holder.id if holder else None,
        ready=tuple(one.nominee_id for one in counting if one.level and one.level.is_ready),
        named=tuple(one.nominee_id for one in counting if one.level),
        emergency=tuple(one.nominee_id for one in counting if one.is_emergency),
    )


def paged(rows: Sequence[Row], cursor: str | None, size: int = SIZE) -> Page:
    """The rows after or before a position; the figures stay over all of them."""
    side, _dash, key = (cursor or "").partition("-")
    place = {str(row.key_position.id): at for at, row in enumerate(rows)}
    start = 0
    if key in place:
        start = place[key] + 1 if side == "after" else max(place[key] - size, 0)
    if start >= len(rows):
        start = 0
    shown = rows[start : start + size]
    return Page(
        shown,
        next_cursor=f"after-{shown[-1].key_position.id}" if start + size < len(rows) else None,
        previous_cursor=f"before-{shown[0].key_position.id}" if start else None,
        size=size,
    )


def teams_planned(viewer: Account) -> list[Team]:
    """Teams with key positions the viewer plans for, and the teams above them, in tree order."""
    paths = db.session.scalars(
        queries.key_positions(viewer).with_only_columns(Team.path, maintain_column_froms=True)
    )
    ids = {int(key) for path in paths for key in path.strip("/").split("/")}
    return list(db.session.scalars(sa.select(Team).where(Team.id.in_(ids)).order_by(Team.path)))
