"""The people a table names, by e-mail or number, and when they worked here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from portal.core import i18n
from portal.core.db import db
from portal.metrics import periods, queries
from portal.metrics.operations.value import batches
from portal.people.models import Person


class Roster:
    """Everybody a table names; a number is that of a person's page."""

    def __init__(self, named: Sequence[str]) -> None:
        self._by_name: dict[str, Person] = {}
        self._times: dict[int, list[tuple[date, date]]] = {}
        names = sorted({one.strip() for one in named if one.strip()})
        self._load(Person.email_folded, [i18n.fold(one) for one in names if not _is_number(one)])
        self._load(Person.id, [int(one) for one in names if _is_number(one)])
        for some in batches(sorted({person.id for person in self._by_name.values()})):
            for row in db.session.execute(queries.employments_in(some)):
                time = (row.starts_on, row.ends_on or date.max)
                self._times.setdefault(row.person_id, []).append(time)

    def _load(self, column: sa.orm.InstrumentedAttribute[object], values: Sequence[object]) -> None:
        for some in batches(values):
            for person in db.session.scalars(sa.select(Person).where(column.in_(some))):
                self._by_name[person.email_folded] = person
                self._by_name[str(person.id)] = person

    def person(self, named: str) -> Person | None:
        """Who is meant, if they ever worked here."""
        name = named.strip()
        found = self._by_name.get(str(int(name)) if _is_number(name) else i18n.fold(name))
        return found if found is not None and found.id in self._times else None

    def employed(self, person_id: int, period: date) -> bool:
        """Whether they worked here on any day of a month."""
        last = periods.last_day(period)
        return any(
            starts_on <= last and ends_on >= period
            for starts_on, ends_on in self._times.get(person_id, ())
        )


def _is_number(name: str) -> bool:
    return name.isdecimal() and len(name) < 10
