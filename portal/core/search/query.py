"""Asking the index: one condition that each database compiles into its own full-text search."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from portal.core.db import db
from portal.core.i18n import query_terms
from portal.core.search.schema import OWNER_BITS, TABLE, first_row


class _Holds(FunctionElement[int]):
    """Whether an entry holds all terms; its two clauses say so in FTS5's and in tsquery's words."""

    inherit_cache = True
    # Not Boolean: SQLAlchemy would add "= 1" for SQLite, which FTS5 does not understand.
    type = sa.Integer()


@compiles(_Holds, "sqlite")
def _in_sqlite(element: _Holds, compiler: Any, **options: Any) -> str:  # noqa: ANN401
    return f"search_entry MATCH {compiler.process(element.clauses.clauses[0], **options)}"


@compiles(_Holds, "postgresql")
def _in_postgresql(element: _Holds, compiler: Any, **options: Any) -> str:  # noqa: ANN401
    asked = compiler.process(element.clauses.clauses[1], **options)
    return f"search_entry.words @@ CAST({asked} AS tsquery)"


def matches(kind: str, query: str) -> sa.Select[tuple[int]]:
    """The ids of the records of a kind in which every word of ``query`` begins some word.

    For ``.where(Person.id.in_(matches("person", query)))``. A query without any letter or digit
    matches nothing.
    """
    terms, start = query_terms(query), first_row(kind)
    ids = sa.select((TABLE.c.rowid - start).label("owner_id"))
    if not terms:
        return ids.where(sa.false())
    # Terms are letters, digits and _ only, so quoting them is enough on both.
    fts5 = " AND ".join(f'"{term}"*' for term in terms)
    tsquery = " & ".join(f"'{term}':*" for term in terms)
    found = ids.where(_Holds(sa.literal(fts5), sa.literal(tsquery)))
    end = start + (1 << OWNER_BITS) - 1
    if db.session.get_bind().dialect.name == "sqlite":
        return found.where(TABLE.c.rowid.between(start, end))
    return _first_of_all(found.where((TABLE.c.rowid + 0).between(start, end)))


def _first_of_all(found: sa.Select[tuple[int]]) -> sa.Select[tuple[int]]:
    """The same rows on PostgreSQL, looked up before and not beside the rows they belong to.

    It expects far more of a list in alphabetical order than that holds, and would go through all
    people by name and hold each against the index. For the same reason the sum keeps it from
    reading the whole range of a kind.
    """
    return sa.select(sa.func.unnest(sa.func.array(found.scalar_subquery())).label("owner_id"))
