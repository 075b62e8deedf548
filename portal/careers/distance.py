"""How far many people are from a role, as a list with pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l

from portal.careers import queries, wording
from portal.careers.readiness import Line, readiness
from portal.careers.states import LineState
from portal.core.db import db
from portal.core.tables import Column, Page
from portal.people.models import Role, full_name

SIZE = 50


@dataclass(frozen=True)
class Candidate:
    """One row of the list; ``row`` as ``people_on_the_way`` gives it."""

    row: Any
    lines: tuple[Line, ...]

    @property
    def name(self) -> str:
        """The full name in the order of its language."""
        return full_name(self.row.given_name, self.row.family_name, self.row.language)

    @property
    def met(self) -> int:
        """Lines met."""
        return sum(one.is_met for one in self.lines)

    @property
    def unknown(self) -> int:
        """Lines of which nobody can tell yet."""
        return sum(one.state is LineState.UNKNOWN for one in self.lines)

    @property
    def missing(self) -> int:
        """Lines that are missing."""
        return len(self.lines) - self.met - self.unknown

    @property
    def open(self) -> list[Line]:
        """Lines that are not met."""
        return [one for one in self.lines if not one.is_met]


def candidates(select: sa.Select[Any], role: Role, day: date) -> list[Candidate]:
    """The people of a list, the nearest to the role first."""
    rows = db.session.execute(select).all()
    needs = queries.needs_of(role.id, day)
    facts = queries.facts_of([row.id for row in rows], needs, day)
    found = [Candidate(row, readiness(facts[row.id], needs, day)) for row in rows]
    return sorted(found, key=lambda one: (-one.met, one.missing, one.row.sort_name, one.row.id))


def titles_of(found: Sequence[Candidate]) -> dict[str, str]:
    """What the role asks for, by the keys of the lines; the same of everybody in the list."""
    return wording.titles([line.need for one in found[:1] for line in one.lines])


def distance_columns(found: Sequence[Candidate]) -> tuple[Column, ...]:
    """How near each one is, for the download of a list."""
    titles = titles_of(found)

    def gaps(one: Candidate) -> list[str]:
        return [titles[line.need.key] for line in one.open]

    return (
        Column(_l("Met"), "met"),
        Column(_l("Missing"), "missing"),
        Column(_l("Cannot tell yet"), "unknown"),
        Column(_l("What is open"), gaps),
    )


def paged(found: Sequence[Candidate], cursor: str | None, size: int = SIZE) -> Page:
    """The rows after or before somebody; whoever is gone from the list gives the first page.

    The order comes from readiness, not from the database: the cursor names the person at its edge.
    """
    side, _dash, key = (cursor or "").partition("-")
    place = {str(one.row.id): at for at, one in enumerate(found)}
    start = 0
    if key in place:
        start = place[key] + 1 if side == "after" else max(place[key] - size, 0)
    if start >= len(found):
        start = 0
    rows = found[start : start + size]
    more = start + size < len(found)
    return Page(
        rows,
        next_cursor=f"after-{rows[-1].row.id}" if more else None,
        previous_cursor=f"before-{rows[0].row.id}" if start > 0 else None,
        size=size,
    )
