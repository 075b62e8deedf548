"""What waits, of all kinds: one statement finds it, and only what is shown is read in full."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from operator import itemgetter
from typing import Any

import sqlalchemy as sa

from portal.core.db import UtcDateTime, db
from portal.home.need import MOST, Need, Source, Waiting

COLUMNS: tuple[sa.ColumnClause[Any], ...] = (
    sa.column("number", sa.Integer),
    sa.column("key", sa.Integer),
    sa.column("day", sa.Date),
    sa.column("moment", UtcDateTime),
)
"""What every part has; named once, since there are some fifty parts a page."""

Place = tuple[date, int, Any]
"""The day, the number of the source, and the key of a row or what writes it out."""


def gathered(found: Iterable[Source | Waiting], most: int = MOST) -> list[Need]:
    """The most urgent rows of everything found; on the same day in the order of the sources."""
    sources: dict[int, Source] = {}
    places: list[Place] = []
    for number, one in enumerate(found):
        if isinstance(one, Source):
            sources[number] = one
        else:
            places.append((one[0], number, one[1]))
    places += _places(sources, most)
    keys: defaultdict[int, dict[int, date]] = defaultdict(dict)
    shown: list[tuple[date, int, Need]] = []
    for due, number, what in sorted(places, key=itemgetter(0, 1))[:most]:
        if number in sources:
            keys[number][what] = due
        else:
            shown.append((due, number, what(due)))
    for number, due_by_key in keys.items():
        shown += ((due, number, need) for due, need in _written(sources[number], due_by_key))
    return [need for _due, _number, need in sorted(shown, key=itemgetter(0, 1))]


def _places(sources: dict[int, Source], most: int) -> Iterator[Place]:
    if not sources:
        return
    parts = [_part(number, source, most) for number, source in sources.items()]
    for number, key, day, moment in db.session.execute(_one_statement(parts)):
        due = sources[number].due(day, moment)
        if due is not None:
            yield due, number, key


def _one_statement(parts: Sequence[sa.Subquery]) -> sa.CompoundSelect[*tuple[Any, ...]]:
    return sa.union_all(*(sa.select(*COLUMNS).select_from(part) for part in parts))


def _part(number: int, source: Source, most: int) -> sa.Subquery:
    """As many rows as the page can show, by their keys alone."""
    no_day, no_moment = sa.cast(sa.null(), sa.Date), sa.cast(sa.null(), UtcDateTime())
    columns: tuple[sa.ColumnElement[Any], ...] = (
        sa.literal(number).label("number"),
        source.key.label("key"),
        (no_day if source.day is None else source.day).label("day"),
        (no_moment if source.moment is None else source.moment).label("moment"),
    )
    select = source.rows.with_only_columns(*columns, maintain_column_froms=True)
    return select.limit(most).subquery()


def _written(source: Source, due_by_key: dict[int, date]) -> Iterator[tuple[date, Need]]:
    rows = source.rows.add_columns(source.key.label("key")).where(source.key.in_(due_by_key))
    for row in db.session.execute(rows):
        due = due_by_key[row.key]
        yield due, source.write(*row[:-1], due)
