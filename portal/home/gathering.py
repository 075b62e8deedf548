"""What waits, of all kinds: one statement finds it, and only what is shown is read in full."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.sql import visitors

from portal.accounts.models import Account
from portal.core.db import UtcDateTime, db
from portal.home.need import MOST, Need, Source, Waiting

COLUMNS: tuple[sa.ColumnClause[Any], ...] = (
    sa.column("number", sa.Integer),
    sa.column("key", sa.Integer),
    sa.column("day", sa.Date),
    sa.column("moment", UtcDateTime),
)
"""What every part has; named once, since there are some fifty parts."""

Place = tuple[date, int, Any]
"""The day, the place of the source among all, and the key of a row or what writes it out."""

Parameters = Mapping[str, object]
"""What the statements ask of a viewer, by name."""


@dataclass(frozen=True)
class Statements:
    """What finds all that waits, and what reads rows of each source by their keys."""

    finding: sa.CompoundSelect[*tuple[Any, ...]] | None
    reading: Sequence[sa.Select[Any]]


def statements(sources: Sequence[Source], viewer: Account) -> Statements:
    """The statements for somebody; what differs from viewer to viewer may be parameters."""
    rows = [source.rows(viewer) for source in sources]
    both = list(zip(sources, rows, strict=True))
    parts = [_part(number, source, select) for number, (source, select) in enumerate(both)]
    return Statements(
        _one_statement(parts) if parts else None,
        [_by_keys(source, select) for source, select in both],
    )


def _one_statement(parts: Sequence[sa.Subquery]) -> sa.CompoundSelect[*tuple[Any, ...]]:
    whole = sa.union_all(*(sa.select(*COLUMNS).select_from(part) for part in parts))
    return cast(
        "sa.CompoundSelect[*tuple[Any, ...]]",
        visitors.replacement_traverse(whole, {}, _into_the_text),
    )


def _into_the_text(element: object, **_kw: object) -> sa.BindParameter[Any] | None:
    """Constants as part of the text: only what differs between viewers is sent beside it.

    SQLite plans a statement anew whenever a state that a partial index names is sent as a
    parameter, which for this one takes half as long as answering it.
    """
    if not isinstance(element, sa.BindParameter) or element.callable:
        return None
    # A day stays a parameter: written out, PostgreSQL would take one for text.
    if element.value is None or isinstance(element.value, date):
        return None
    return sa.bindparam(
        element.key, element.value, element.type, unique=True, expanding=element.expanding,
        literal_execute=True,
    )  # fmt: skip


def _part(number: int, source: Source, rows: sa.Select[Any]) -> sa.Subquery:
    """As many rows as the page can show, by their keys alone."""
    no_day, no_moment = sa.cast(sa.null(), sa.Date), sa.cast(sa.null(), UtcDateTime())
    columns: tuple[sa.ColumnElement[Any], ...] = (
        sa.literal(number).label("number"),
        source.key.label("key"),
        (no_day if source.day is None else source.day).label("day"),
        (no_moment if source.moment is None else source.moment).label("moment"),
    )
    select = rows.with_only_columns(*columns, maintain_column_froms=True)
    return select.limit(sa.bindparam("most", type_=sa.Integer)).subquery()


def _by_keys(source: Source, rows: sa.Select[Any]) -> sa.Select[Any]:
    keys = sa.bindparam("keys", expanding=True, type_=sa.Integer)
    return rows.add_columns(source.key.label("key")).where(source.key.in_(keys))


def gathered(
    found: Sequence[Source | Waiting], asking: Statements, parameters: Parameters, most: int = MOST
) -> list[Need]:
    """The most urgent rows of everything found; on the same day in the order of the sources.

    ``asking`` are the statements of the sources among ``found``.
    """
    sources = [(order, one) for order, one in enumerate(found) if isinstance(one, Source)]
    places: list[Place] = []
    for order, one in enumerate(found):
        if not isinstance(one, Source):
            places.append((one[0], order, one[1]))
    places += _places(sources, asking, {**parameters, "most": most})
    keys: defaultdict[int, dict[int, date]] = defaultdict(dict)
    shown: list[tuple[date, int, Need]] = []
    for due, order, what in sorted(places, key=itemgetter(0, 1))[:most]:
        if callable(what):
            shown.append((due, order, what(due)))
        else:
            keys[order][what] = due
    for (order, source), rows in zip(sources, asking.reading, strict=True):
        if order in keys:
            needs = _written(source, rows, parameters, keys[order])
            shown += ((due, order, need) for due, need in needs)
    return [need for _due, _order, need in sorted(shown, key=itemgetter(0, 1))]


def _places(
    sources: Sequence[tuple[int, Source]], asking: Statements, parameters: Parameters
) -> Iterator[Place]:
    if asking.finding is None:
        return
    for number, key, day, moment in db.session.execute(asking.finding, parameters):
        order, source = sources[number]
        due = source.due(day, moment)
        if due is not None:
            yield due, order, key


def _written(
    source: Source, rows: sa.Select[Any], parameters: Parameters, due_by_key: dict[int, date]
) -> Iterator[tuple[date, Need]]:
    for row in db.session.execute(rows, {**parameters, "keys": list(due_by_key)}):
        due = due_by_key[row.key]
        yield due, source.write(*row[:-1], due)
