"""How many people stand how: the figures of the matrix and of the compliance report."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from typing import Any, Self

import sqlalchemy as sa

from portal.accounts.models import Account
from portal.certification import queries
from portal.certification.queries import LAPSED, Tally
from portal.certification.remembered import remembered
from portal.certification.states import IN_FORCE, Standing
from portal.core.db import db

FEW = 2_000
"""So many people are looked up one by one; for more it is quicker to read everybody's awards."""


@dataclass(slots=True)
class Figures:
    """Numbers of pairs of a person and a certification.

    All but ``held`` count only what is required: ``in_force`` includes ``soon`` (ends within 90
    days) and ``grace``; ``lapsed`` has expired or was revoked; ``missing`` was never held past its
    deadline, ``not_due`` before it. ``held`` is what is in force, required or not.
    """

    required: int = 0
    in_force: int = 0
    soon: int = 0
    grace: int = 0
    lapsed: int = 0
    missing: int = 0
    not_due: int = 0
    waived: int = 0
    held: int = 0

    def add(self, row: Tally) -> None:
        """Count a row where it belongs."""
        standing, number = Standing(row.standing), row.number
        self.held += number if standing in IN_FORCE else 0
        if not row.required:
            return
        self.required += number
        if standing in IN_FORCE:
            self.in_force += number
            self.soon += number if row.soon else 0
            self.grace += number if standing is Standing.GRACE else 0
        elif standing in LAPSED:
            self.lapsed += number
        elif standing is Standing.WAIVED:
            self.waived += number
        elif row.overdue:
            self.missing += number
        else:
            self.not_due += number

    @property
    def lacking(self) -> int:
        """Required and neither in force nor waived."""
        return self.lapsed + self.missing + self.not_due

    @property
    def share(self) -> float | None:
        """In force, of those who must hold it by now; ``None`` if nobody must."""
        owed = self.in_force + self.lapsed + self.missing
        return self.in_force / owed if owed else None

    def __add__(self, other: Self) -> Self:
        """Both together."""
        names = [one.name for one in fields(self)]
        return type(self)(*(getattr(self, name) + getattr(other, name) for name in names))


def figures_of(rows: Iterable[Tally]) -> dict[tuple[int | None, int], Figures]:
    """Figures by group and certification."""
    found: dict[tuple[int | None, int], Figures] = {}
    for row in rows:
        found.setdefault((row.group, row.certification_id), Figures()).add(row)
    return found


def reach_of(viewer: Account) -> Hashable:
    """Whom a viewer sees, as part of the name of a figure."""
    if queries.sees_all_certificates(viewer):
        return "everybody"
    return viewer.person_id, tuple(sorted(viewer.led_paths))


def counted(
    day: date,
    people: sa.Select[Any],
    *,
    key: Hashable,
    groups: Sequence[tuple[int, sa.ColumnElement[bool]]] = (),
    certification_ids: Sequence[int] | None = None,
    required_only: bool = False,
) -> tuple[int, dict[tuple[int | None, int], Figures]]:
    """How many people a narrowed ``people_seen`` has, and figures over them; ``key`` names it."""

    @cache
    def number() -> int:
        return db.session.scalar(queries.number_of(people)) or 0

    def count() -> tuple[int, dict[tuple[int | None, int], Figures]]:
        among = queries.ids_of(people) if number() < FEW else None
        select = queries.tally(
            day, people, among=among, groups=groups,
            certification_ids=certification_ids, required_only=required_only,
        )  # fmt: skip
        return number(), figures_of(Tally(*row) for row in db.session.execute(select))

    name = ("figures", day, key, tuple(certification_ids or ()), required_only)
    return remembered(name, number, count)
