"""What the parts of the generator share: connection, moment, seeded chance, rows so far."""

from __future__ import annotations

import base64
import hashlib
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, NamedTuple

import sqlalchemy as sa

from bench.generator.names import Name, pool
from bench.generator.progress import Progress, chunks
from bench.generator.sizes import Size
from portal.core import clock
from portal.core.db import Model, db
from portal.hiring.states import Stage

YEARS = 3 * 365


class Worker(NamedTuple):
    """Somebody employed at the start; ``kind`` is a key of ``organisation.ROLES``."""

    person: int
    account: int
    name: Name
    kind: str
    team: int
    site: int
    manager: int


class Unit(NamedTuple):
    """A team of the tree; ``seats`` are those that hires will fill."""

    id: int
    site: int
    path: str
    department: int
    lead: int
    seats: int


class Opening(NamedTuple):
    """A requisition and its posting, which have the same number."""

    id: int
    team: Unit
    role: int
    manager: int
    opens: datetime
    closes: datetime
    is_open: bool


class Answer(NamedTuple):
    """One application as it was drawn."""

    id: int
    opening: Opening
    person: int
    name: Name
    stage: Stage
    at: datetime
    since: datetime
    interviewed: bool
    cv: int | None


@dataclass
class World:
    """The set as it grows."""

    size: Size
    progress: Progress
    now: datetime = field(default_factory=lambda: _midnight(clock.now()))
    people: int = 0
    accounts: int = 0
    files: int = 0
    workers: list[Worker] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    openings: list[Opening] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    known: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.names = pool(self.chance("names"))

    @property
    def connection(self) -> sa.Connection:
        """The session's connection: what operations and bulk inserts write is one transaction."""
        return db.session.connection()

    def chance(self, part: str) -> Random:
        """Chance of its own for each part: a change in one leaves the others as they were."""
        return Random(f"{self.size.name}:{part}")

    def load(self, table: type[Model], rows: Iterable[dict[str, Any]], total: int = 0) -> int:
        """Insert rows in chunks and commit; returns how many."""
        began, done = time.perf_counter(), 0
        inner = table.__table__
        statement = sa.insert(inner)  # type: ignore[arg-type]
        connection = self.connection
        for chunk in chunks(rows):
            connection.execute(statement, chunk)
            done += len(chunk)
            self.progress.draw(inner.name, done, total or done)  # type: ignore[attr-defined]
        db.session.commit()
        self.progress.close(inner.name, done, time.perf_counter() - began)  # type: ignore[attr-defined]
        return done

    def ids(self, kind: str) -> list[int]:
        """The accounts of the people employed as ``kind`` at the start."""
        return [worker.account for worker in self.workers if worker.kind == kind]


def token(*parts: object) -> str:
    """43 characters as a random token has, but the same every time."""
    digest = hashlib.blake2b(":".join(map(str, parts)).encode(), digest_size=32).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def hexes(*parts: object) -> str:
    """64 hexadecimal digits, the same every time."""
    return hashlib.sha256(":".join(map(str, parts)).encode()).hexdigest()


def _midnight(moment: datetime) -> datetime:
    return datetime(moment.year, moment.month, moment.day, tzinfo=UTC)


def days(number: float) -> timedelta:
    """So many days."""
    return timedelta(days=number)
