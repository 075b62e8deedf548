"""Empty databases for tests: of the kind the run is about, on one server if that needs one."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

KINDS = ("sqlite", "postgresql")
NewDatabase = Callable[[], str]
"""Makes an empty database each time it is called, and gives its address."""


def chosen_kind() -> str:
    """What the run is about, named by PORTAL_TEST_DATABASE; SQLite if nothing is."""
    kind = os.environ.get("PORTAL_TEST_DATABASE", "sqlite")
    assert kind in KINDS, f"PORTAL_TEST_DATABASE is {kind}, not one of {', '.join(KINDS)}"
    return kind


@contextmanager
def databases(kind: str, folder: Path) -> Iterator[NewDatabase]:
    """Databases of a kind that live until the end of the block."""
    numbers = itertools.count(1)
    if kind == "sqlite":
        yield lambda: f"sqlite:///{folder / f'{next(numbers)}.db'}"
        return
    from tests.postgres import fresh_database

    with fresh_database() as first:
        _forget_about_power_cuts(first)
        yield lambda: _beside(first, f"portal{next(numbers)}")


def _beside(first: str, name: str) -> str:
    """A new database on the server of another one."""
    _tell(first, f'CREATE DATABASE "{name}"')
    return sa.make_url(first).set(database=name).render_as_string()


def _forget_about_power_cuts(first: str) -> None:
    """Spare the disk: what tests kill are workers, never the server or its machine."""
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        _tell(first, f"ALTER SYSTEM SET {setting} = off")
    _tell(first, "SELECT pg_reload_conf()")


def _tell(url: str, statement: str) -> None:
    engine = sa.create_engine(url, poolclass=sa.NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
