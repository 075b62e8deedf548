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
    """One line of the table: times in milliseconds, sizes in bytes, targets if there are any."""

    work: str
    median: float | None = None
    p95: float | None = None
    queries: int | None = None
    size: int | None = None
    packed: int | None = None
    ratio: float | None = None
    cpu: float | None = None
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
    return timed_beside(work, lambda _number: None, times, warm)[0]


def timed_beside(
    work: Callable[[int], object], other: Callable[[int], object], times: int, warm: int = WARM
) -> tuple[list[float], list[float], list[float]]:
    """Milliseconds of ``work``, of ``other`` by turns with it, and processor time of ``work``."""
    taken, beside, cpu = [], [], []
    for number in range(warm + times):
        began, worked = time.perf_counter(), time.thread_time()
        work(number)
        ended, worked = time.perf_counter(), time.thread_time() - worked
        other(number)
        if number >= warm:
            taken.append((ended - began) * 1000)
            beside.append((time.perf_counter() - ended) * 1000)
            cpu.append(worked * 1000)
    return taken, beside, cpu


def spread(taken: list[float]) -> tuple[float, float]:
    """Median and 95th percentile."""
    ordered = sorted(taken)
    return statistics.median(ordered), ordered[min(int(len(ordered) * 0.95), len(ordered) - 1)]


class Deadline:
    """Ends statements that take far too long, so that one of them can't stop the whole run."""

    def __init__(self, engine: sa.Engine, seconds: float = 10) -> None:
        self.seconds, self.began = seconds, time.monotonic()
        engine.dispose()
        name = engine.dialect.name

        @sa.event.listens_for(engine, "connect")
        def limit(connection: Any, _record: object) -> None:  # noqa: ANN401 - DBAPI connection
            if name == "sqlite":
                connection.set_progress_handler(self.is_over, 500_000)
            else:
                connection.execute(f"SET statement_timeout = {int(seconds * 1000)}")
                connection.commit()

        sa.event.listen(engine, "before_cursor_execute", self.start)

    def start(self, *_statement: object) -> None:
        """Begin to count now."""
        self.began = time.monotonic()

    def is_over(self) -> bool:
        """Whether the time is up."""
        return time.monotonic() - self.began > self.seconds
