"""The table ``search_entry``: one row of folded terms for each record that can be found.

It is no mapped class, since SQLite's is a virtual table. ``rowid`` holds the kind of the owner in
its upper bits and the owner's id in its lower ones: a kind is then a range of rows, which both
databases narrow by without a join.
"""

from __future__ import annotations

from typing import Final
from zlib import crc32

import sqlalchemy as sa

from portal.core.db import Model

OWNER_BITS: Final = 40

TABLE: Final = sa.table(
    "search_entry", sa.column("rowid", sa.BigInteger), sa.column("text", sa.Text)
)

# The texts come folded and separated by blanks, so the plainest tokenizer is the right one.
SQLITE: Final = (
    """
    CREATE VIRTUAL TABLE IF NOT EXISTS search_entry USING fts5(
        text, tokenize = "ascii tokenchars '_'", prefix = '1 2 3', detail = none
    )
    """,
)
POSTGRESQL: Final = (
    """
    CREATE TABLE IF NOT EXISTS search_entry (
        rowid bigint PRIMARY KEY,
        text text NOT NULL,
        words tsvector GENERATED ALWAYS AS (array_to_tsvector(string_to_array(text, ' '))) STORED
    )
    """,
    "CREATE INDEX IF NOT EXISTS ix_search_entry_words ON search_entry USING gin (words)",
)


def create(connection: sa.Connection) -> None:
    """Make the table and its index, if they are not there."""
    for statement in SQLITE if connection.dialect.name == "sqlite" else POSTGRESQL:
        connection.exec_driver_sql(statement)


def drop(connection: sa.Connection) -> None:
    """Remove the table."""
    connection.exec_driver_sql("DROP TABLE IF EXISTS search_entry")


def first_row(kind: str) -> int:
    """The lowest row of a kind; its owners' ids are added to it."""
    return (crc32(kind.encode()) & 0xFFFF) << OWNER_BITS


@sa.event.listens_for(Model.metadata, "after_create")
def _create_with_the_rest(_target: object, connection: sa.Connection, **_options: object) -> None:
    create(connection)
