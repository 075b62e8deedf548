"""Certificates: the views over everybody, cold and warm, and a morning's reminders."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import sqlalchemy as sa

from bench.clock import Figure, spread
from bench.pages import Bench, Visit
from portal.certification import operations
from portal.certification.jobs import SOME
from portal.certification.models import Award
from portal.core import clock
from portal.core.db import db, session_writes

COLD = 3
FIRST, AFTER = 1000, 100
AHEAD = 2000
"""What looks at everybody day by day or one by one, for the first reader after a change."""


def measure_certificates(bench: Bench) -> Iterator[Figure]:
    """Each view as the first of the day and as any other."""
    pages = (
        ("matrix of everybody", "/certification/matrix", FIRST),
        ("matrix: who lacks something", "/certification/matrix?show=lacking", FIRST),
        ("compliance report", "/certification/compliance", FIRST),
        ("coverage warnings", "/certification/coverage", AHEAD),
        ("queues: who may serve", "/certification/queues", AHEAD),
    )
    for work, path, first in pages:
        yield _cold(bench, work, path, first)
        yield bench.page(Visit(f"{work}, after", path, "hr", AFTER))
    yield bench.page(Visit("matrix of one's teams", "/certification/matrix", "manager", AFTER))
    yield bench.page(Visit("one queue of 840 people", "/certification/queues/1", "hr", FIRST))
    yield _timed("download of everybody's matrix", lambda: _download(bench), "10 s", 10)
    yield _reminders(bench)


def _cold(bench: Bench, work: str, path: str, target: int) -> Figure:
    """The page with nothing remembered."""
    taken = []
    for _time in range(COLD):
        bench.app.extensions.pop("certification_figures", None)
        began = time.perf_counter()
        bench.clients["hr"].get(path).get_data()
        taken.append((time.perf_counter() - began) * 1000)
    median, worst = spread(taken)
    return Figure(f"{work}, first", median, worst, target=f"{target} ms", reached=median <= target)


def _download(bench: Bench) -> None:
    bench.clients["hr"].get("/certification/matrix/export/xlsx", buffered=True).get_data()


def _reminders(bench: Bench) -> Figure:
    """Finding everybody, then mails and inbox notices for them, some at a time as the job does."""
    with bench.app.app_context(), session_writes():
        number = db.session.scalar(sa.select(sa.func.count(Award.id))) or 0
        people = operations.people_to_remind(clock.today())
        db.session.rollback()

        def run() -> None:
            for start in range(0, len(people), SOME):
                operations.remind(people[start : start + SOME], clock.today())
                db.session.commit()

        return _timed(
            f"reminders over {number:,} awards, {len(people):,} people told", run, "120 s", 120
        )


def _timed(work: str, run: Callable[[], object], target: str, most: float) -> Figure:
    began = time.perf_counter()
    run()
    passed = time.perf_counter() - began
    return Figure(work, value=f"{passed:.1f} s", target=target, reached=passed <= most)
