"""The matrix: people in rows, certifications in columns, how each stands on a day."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Any

import sqlalchemy as sa

from portal.accounts.models import Account
from portal.certification import queries
from portal.certification.figures import FEW, Figures, counted, reach_of
from portal.certification.models import Certification
from portal.certification.remembered import remembered
from portal.certification.standing import Held
from portal.certification.states import IN_FORCE, SUFFICIENT, Standing
from portal.core.db import db
from portal.people.models import Person

SOME = 500
"""People whose certificates are looked up at a time for a download."""

MOST_KEPT = 10_000
"""More people than this are not kept as a list; databases limit the values of a statement."""

NOTHING = Held(Standing.NOT_STARTED)


@dataclass(frozen=True)
class Asked:
    """What narrows a matrix: ``people`` is ``people_seen`` with its filters, which ``key`` names.

    ``show`` is a value of ``Show`` or ``Standing``; unless some of the ``certifications`` are
    ``chosen`` the columns are those that are mandatory for the people shown.
    """

    viewer: Account
    day: date
    people: sa.Select[Any]
    key: Hashable
    certifications: Sequence[Certification]
    show: str = ""
    required_only: bool = False
    chosen: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """How a person stands with a certification; ``due_on`` if they must hold it."""

    held: Held
    due_on: date | None
    day: date

    @property
    def lacking(self) -> bool:
        """Whether it must be held and is not."""
        return self.due_on is not None and self.held.standing not in SUFFICIENT

    @property
    def overdue(self) -> bool:
        """Whether it had to be held by the day."""
        return self.lacking and self.due_on is not None and self.due_on <= self.day

    @property
    def until(self) -> date | None:
        """The last day, where it says something: not of what was taken back or is not checked."""
        counts = self.held.standing in IN_FORCE or self.held.standing is Standing.EXPIRED
        return self.held.last_day if counts else None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say."""
        return self.due_on is None and self.held.standing is Standing.NOT_STARTED


@dataclass(frozen=True)
class Matrix:
    """Columns with their figures over ``number`` people, and which of them have a row.

    ``length`` is how many rows there are, unless that is yet to be counted.
    """

    asked: Asked
    columns: list[Certification]
    figures: dict[int, Figures]
    number: int
    listed: sa.Select[Any]
    length: int | None


def matrix(asked: Asked) -> Matrix:
    """Columns, figures and the select of the rows."""
    key = (reach_of(asked.viewer), asked.key)
    number, found = counted(asked.day, asked.people, key=key)
    figures = {certification: sums for (_group, certification), sums in found.items()}
    columns = _columns(asked, figures)
    if not asked.show and not asked.required_only:
        return Matrix(asked, columns, figures, number, asked.people, number)
    fitting = _fitting(asked, [one.id for one in columns], number)
    name = ("people", asked.day, key, tuple(one.id for one in columns), asked.show,
            asked.required_only)  # fmt: skip
    kept = remembered(name, lambda: number, lambda: _some(fitting))
    if kept is None:
        return Matrix(asked, columns, figures, number, fitting, None)
    return Matrix(
        asked, columns, figures, number, asked.people.where(Person.id.in_(kept)), len(kept)
    )


def cells(
    people: Collection[int],
    columns: Sequence[Certification],
    day: date,
    *,
    among: sa.Select[Any] | None = None,
) -> list[list[Cell]]:
    """A row of cells for each of these people, in three statements.

    ``among`` finds the same people; it is for more of them than a statement takes values.
    """
    ids = [one.id for one in columns]
    found = people if among is None else among
    held = queries.held(found, ids, day)
    due = due_dates(found, day)
    return [
        [Cell(held.get((person, one), NOTHING), due.get((person, one)), day) for one in ids]
        for person in people
    ]


def due_dates(people: queries.Ids, day: date) -> dict[tuple[int, int], date]:
    """By person and certification: the day from which it must be held, the earliest of all."""
    found: dict[tuple[int, int], date] = {}
    for row in db.session.execute(queries.due_days(people, day)):
        due_on = max(row.asked_from, row.employed_from) + timedelta(days=row.within_days)
        pair = row.person_id, row.certification_id
        found[pair] = min(due_on, found.get(pair, due_on))
    return found


def everyone(shown: Matrix) -> Iterator[tuple[Any, list[Cell]]]:
    """Every row there is, in alphabetical order, looked up some at a time."""
    rows = iter(db.session.execute(shown.listed.order_by(Person.by_name(), Person.id)).all())
    while some := list(islice(rows, SOME)):
        found = cells([row.id for row in some], shown.columns, shown.asked.day)
        yield from zip(some, found, strict=True)


def _columns(asked: Asked, figures: dict[int, Figures]) -> list[Certification]:
    if asked.chosen:
        return [one for one in asked.certifications if one.id in asked.chosen]
    wanted = {key for key, found in figures.items() if found.required}
    wanted = wanted or {key for key, found in figures.items() if found.held}
    return [one for one in asked.certifications if one.id in wanted]


def _fitting(asked: Asked, ids: list[int], number: int) -> sa.Select[Any]:
    """The people with a pair of the kind that is asked for."""
    among = None if number >= FEW else queries.ids_of(asked.people)
    if asked.show == str(Standing.NOT_STARTED) and not asked.required_only:
        begun = queries.people_settled(asked.day, ids, among=among)
        return asked.people.where(Person.id.not_in(begun))
    found = queries.people_shown(
        asked.day, asked.show, ids, required_only=asked.required_only, among=among
    )
    return asked.people.where(Person.id.in_(found))


def _some(select: sa.Select[Any]) -> tuple[int, ...] | None:
    """The ids, unless there are too many."""
    found = tuple(db.session.scalars(queries.ids_of(select).limit(MOST_KEPT + 1)))
    return found if len(found) <= MOST_KEPT else None
