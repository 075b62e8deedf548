"""Periodic jobs: each tick goes into the queue once, however many workers look at the clock."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.dialects import postgresql, sqlite

from portal.core import clock
from portal.core.db import db
from portal.core.jobs.models import JobTick
from portal.core.jobs.queue import enqueue, queue
from portal.core.jobs.registry import SCHEDULES, periodic

KEEP_DONE = timedelta(days=7)


class Ticker:
    """Remembers what this process has put into the queue, so that most looks cost no query."""

    def __init__(self) -> None:
        self._seen: dict[str, datetime] = {}

    def tick(self) -> None:
        """Enqueue each periodic job whose next tick has come. Does not commit."""
        now = clock.now()
        for name, schedule in SCHEDULES.items():
            at = schedule.last_tick(now)
            if self._seen.get(name) == at:
                continue
            if _is_first(name, at):
                enqueue(name, key=f"tick:{name}")
            self._seen[name] = at


def _is_first(name: str, at: datetime) -> bool:
    """Whether no other worker has taken this tick; the row decides."""
    postgres = db.session.get_bind().dialect.name == "postgresql"
    row = (postgresql.insert if postgres else sqlite.insert)(JobTick).values(name=name, at=at)
    taken = db.session.execute(
        row.on_conflict_do_update(
            index_elements=[JobTick.name], set_={"at": at}, where=JobTick.at < at
        ).returning(JobTick.name),
        execution_options={"synchronize_session": False},
    )
    return taken.first() is not None


@periodic("jobs.sweep", every=timedelta(hours=6))
def sweep() -> None:
    """Forget the jobs done long ago."""
    queue().sweep(clock.now() - KEEP_DONE)
