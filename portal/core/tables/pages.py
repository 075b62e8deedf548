"""Pages of a list by keyset: the next page begins after the last row, however long the list."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, Final
from urllib.parse import urlencode

import sqlalchemy as sa
from flask import current_app, request
from flask_babel import gettext as _
from itsdangerous import BadSignature, URLSafeSerializer

from portal.core import i18n
from portal.core.db import db

SIZE: Final = 50
LARGEST: Final = 200
COUNTED: Final = 1_000

Order = Sequence[tuple[Any, bool]]
"""Columns with whether they run downwards; the last must be unique, as a rule the primary key."""


@dataclass(frozen=True)
class Page:
    """Some rows, and the cursors of the pages around them (``None`` where there are none)."""

    rows: Sequence[Any]
    next_cursor: str | None
    previous_cursor: str | None
    size: int

    def __bool__(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.rows)

    @property
    def next_url(self) -> str | None:
        """The address of the next page: this request's, with the cursor."""
        return _here(self.next_cursor)

    @property
    def previous_url(self) -> str | None:
        """The address of the page before."""
        return _here(self.previous_cursor)


def _here(cursor: str | None) -> str | None:
    if cursor is None:
        return None
    arguments = {**request.args.to_dict(flat=False), "cursor": [cursor]}
    return f"{request.script_root}{request.path}?{urlencode(arguments, doseq=True)}"


@dataclass(frozen=True)
class Count:
    """How many rows there are, counted as far as ``COUNTED``."""

    number: int
    more: bool

    def __str__(self) -> str:
        """``37`` or ``1,000+``."""
        text = i18n.number(self.number)
        return str(_("%(number)s+", number=text)) if self.more else text


def count(select: sa.Select[Any], most: int = COUNTED) -> Count:
    """Count the rows of ``select``, but not past ``most``: the exact number helps nobody there."""
    rows = select.order_by(None).limit(most + 1)
    rows = rows.with_only_columns(sa.literal(1), maintain_column_froms=True)
    found = db.session.scalar(sa.select(sa.func.count()).select_from(rows.subquery())) or 0
    return Count(min(found, most), found > most)


def page(
    select: sa.Select[Any], *, order: Order, size: int = SIZE, cursor: str | None = None
) -> Page:
    """The rows of ``select`` in ``order`` from ``cursor`` on; a bad cursor gives the first page.

    Rows come back as the select gives them: entities for a select of one entity, else named rows.
    """
    size = max(1, min(size, LARGEST))
    back, after = _read(cursor, order)
    found = _fetch(select, order, size + 1, back=back, after=after)
    if after is not None and not found:
        return page(select, order=order, size=size)
    more, found = len(found) > size, found[:size]
    if back:
        found.reverse()
    has_next, has_previous = (True, more) if back else (more, after is not None)
    single, width = _is_entity(select), -len(order)
    return Page(
        rows=[row[0] if single else row for row in found],
        next_cursor=_sign(order, found[-1][width:], back=False) if has_next else None,
        previous_cursor=_sign(order, found[0][width:], back=True) if has_previous else None,
        size=size,
    )


def _fetch(
    select: sa.Select[Any], order: Order, most: int, *, back: bool, after: Sequence[Any] | None
) -> list[Any]:
    """The rows with the order's columns behind their own."""
    wanted = [(column, down is not back) for column, down in order]
    keys = [column.label(f"_key_{at}") for at, (column, _down) in enumerate(order)]
    query = select.add_columns(*keys).order_by(None).limit(most)
    query = query.order_by(*(_sorted(column, down) for column, down in wanted))
    if after is not None:
        query = query.where(_beyond(wanted, after))
    result = db.session.execute(query)
    return list(result.unique() if _is_entity(select) else result)


def _is_entity(select: sa.Select[Any]) -> bool:
    described = select.column_descriptions
    # A select of bare table columns has no entity at all.
    return len(described) == 1 and described[0].get("entity", select) is described[0]["expr"]


def _sorted(column: Any, down: bool) -> Any:  # noqa: ANN401 - column expressions
    """NULL counts as the smallest value on every database."""
    if not _may_be_null(column):
        return column.desc() if down else column.asc()
    return sa.nulls_last(column.desc()) if down else sa.nulls_first(column.asc())


def _may_be_null(column: Any) -> bool:  # noqa: ANN401
    return bool(getattr(column, "nullable", True))


def _beyond(wanted: Order, after: Sequence[Any]) -> sa.ColumnElement[bool]:
    """The rows that come after the values of ``after``."""
    later: list[sa.ColumnElement[bool]] = []
    for at, (column, down) in enumerate(wanted):
        step = _past(column, down, after[at])
        if step is not None:
            same = [_same(wanted[before][0], after[before]) for before in range(at)]
            later.append(sa.and_(*same, step))
    first, down = wanted[0]
    if not later or _may_be_null(first):
        return sa.or_(sa.false(), *later)
    # Says nothing new, but is what an index can begin with.
    bound = first <= after[0] if down else first >= after[0]
    return sa.and_(bound, sa.or_(*later))


def _past(column: Any, down: bool, value: Any) -> Any:  # noqa: ANN401
    if value is None:
        return None if down else column.is_not(None)
    if down and _may_be_null(column):
        return sa.or_(column < value, column.is_(None))
    return column < value if down else column > value


def _same(column: Any, value: Any) -> Any:  # noqa: ANN401
    return column.is_(None) if value is None else column == value


def _signer(order: Order) -> URLSafeSerializer:
    """A cursor is good only for the order it was made for."""
    shape = ",".join(f"{column}{'-' if down else '+'}" for column, down in order)
    return URLSafeSerializer(current_app.secret_key or "", salt=f"cursor:{shape}")


def _sign(order: Order, values: Sequence[Any], *, back: bool) -> str:
    packed = [_pack(value) for value in values]
    return str(_signer(order).dumps([int(back), *packed]))


def _read(cursor: str | None, order: Order) -> tuple[bool, list[Any] | None]:
    if not cursor:
        return False, None
    try:
        back, *packed = _signer(order).loads(cursor)
    except (BadSignature, ValueError, json.JSONDecodeError):
        return False, None
    return bool(back), [_unpack(value) for value in packed]


def _pack(value: Any) -> Any:  # noqa: ANN401 - whatever the column holds
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return {"t": value.isoformat()}
    if isinstance(value, date):
        return {"d": value.isoformat()}
    if isinstance(value, Decimal):
        return {"n": str(value)}
    return value


def _unpack(value: Any) -> Any:  # noqa: ANN401
    if not isinstance(value, dict):
        return value
    [(kind, text)] = value.items()
    readers: dict[str, Any] = {"t": datetime.fromisoformat, "d": date.fromisoformat, "n": Decimal}
    return readers[kind](text)
