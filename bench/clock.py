"""Times a piece of work, counts its statements, and keeps what came of it."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa

WARM = 3
QUIET = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


@dataclass
class Figure:
    """One line of the table: times in milliseconds, sizes in bytes, targets where there are some."""

    work: str
    median: float | None = None
    p95: float | None = None
    queries: int | None = None
    size: int | None = None
    packed: int | None = None
    ratio: float | None = None
    value: str = ""
    target: str = ""
    reached: bool | None = None

    def as_dict(self) -> dict[str, Any]:
        """For the file of results."""
        return {key: value for key, value in asdict(self).items() if value not in {None, ""}}


class Statements:
    """Counts what is sent to the database."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine
        self.texts: list[str] = []

    @contextmanager
    def counted(self) -> Iterator[list[str]]:
        """The statements sent meanwhile, without those that begin and end transactions."""
        self.texts = []
        sa.event.listen(self.engine, "before_cursor_execute", self._note)
        try:
            yield self.texts
        finally:
            sa.event.remove(self.engine, "before_cursor_execute", self._note)

    def _note(self, _c: object, _k: object, statement: str, *_rest: object) -> None:
        if not statement.lstrip().upper().startswith(QUIET):
            self.texts.append(statement)


def timed(work: Callable[[int], object], times: int, warm: int = WARM) -> list[float]:
    """Milliseconds of each run but the first few; ``work`` gets the number of the run."""
    taken = []
    for number in range(warm + times):
        began = time.perf_counter()
        work(number)
        if number >= warm:
            taken.append((time.perf_counter() - began) * 1000)
    return taken


def spread(taken: list[float]) -> tuple[float, float]:
    """Median and 95th percentile."""
    ordered = sorted(taken)
    return statistics.median(ordered), ordered[min(int(len(ordered) * 0.95), len(ordered) - 1)]
