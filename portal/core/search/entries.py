"""Writing the index; operations call this when what can be searched has changed."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from portal.core.db import db
from portal.core.i18n import search_terms
from portal.core.search.schema import OWNER_BITS, TABLE, first_row

_BATCH = 1_000
_LONGEST = 50_000


def index(kind: str, owner_id: int, *texts: str | None) -> None:
    """Make ``texts`` (names, addresses, …) the ones by which this record is found."""
    db.session.execute(_replacing(), _row(kind, owner_id, texts))


def remove(kind: str, owner_id: int) -> None:
    """Let the record be found no more."""
    db.session.execute(sa.delete(TABLE).where(TABLE.c.rowid == first_row(kind) + owner_id))


def reindex(kind: str, rows: Iterable[tuple[int, Iterable[str | None]]]) -> int:
    """Replace the whole index of a kind by ``(owner id, texts)``; returns how many."""
    start, total = first_row(kind), 0
    everything = TABLE.c.rowid.between(start, start + (1 << OWNER_BITS) - 1)
    db.session.execute(sa.delete(TABLE).where(everything))
    entries = (_row(kind, owner_id, texts) for owner_id, texts in rows)
    while batch := list(islice(entries, _BATCH)):
        db.session.execute(sa.insert(TABLE), batch)
        total += len(batch)
    if db.session.get_bind().dialect.name == "sqlite":
        optimize = "INSERT INTO search_entry(search_entry) VALUES ('optimize')"
        db.session.execute(sa.text(optimize))
    return total


def _replacing() -> sa.Insert:
    """One statement whether or not the record had texts before."""
    if db.session.get_bind().dialect.name == "sqlite":
        return sa.insert(TABLE).prefix_with("OR REPLACE")
    insert = postgresql.insert(TABLE)
    return insert.on_conflict_do_update(
        index_elements=["rowid"], set_={"text": insert.excluded.text}
    )


def _row(kind: str, owner_id: int, texts: Iterable[str | None]) -> dict[str, object]:
    text = " \n".join(text for text in texts if text)[:_LONGEST]
    return {"rowid": first_row(kind) + owner_id, "text": search_terms(text)}
