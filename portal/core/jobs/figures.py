"""How the queue is: what is due, what failed, and when a worker was last seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from portal.core import clock
from portal.core.db import db
from portal.core.jobs import postgres
from portal.core.jobs.models import Job, JobState, JobTick
from portal.core.jobs.queue import queue

LATELY = timedelta(days=7)

DUE_ON_POSTGRESQL = sa.text("""
    SELECT job.id, COALESCE(job.scheduled_at, (
        SELECT min(at) FROM procrastinate_events WHERE job_id = job.id
    )) AS since FROM procrastinate_jobs AS job
    WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= :now)
    LIMIT :most
""").columns(id=sa.Integer, since=sa.DateTime(timezone=True))


@dataclass(frozen=True)
class Due:
    """How many jobs should be running by now, and since when the oldest of them."""

    number: int
    oldest: datetime | None


def due(most: int) -> Due:
    """The jobs that are due; counts no further than ``most``."""
    moments = [moment for moment in _due_moments(most) if moment is not None]
    return Due(len(moments), min(moments, default=None))


def _due_moments(most: int) -> list[datetime | None]:
    now = clock.now()
    if queue() is postgres.QUEUE:
        rows = db.session.execute(DUE_ON_POSTGRESQL, {"now": now, "most": most})
        return [row.since for row in rows]
    waiting = sa.select(Job.run_at).where(Job.state == JobState.WAITING, Job.run_at <= now)
    return list(db.session.scalars(waiting.order_by(Job.run_at).limit(most)))


def failed_lately(most: int) -> int:
    """How many jobs were given up in the last seven days; counts no further than ``most``."""
    recent = Job.finished_at > clock.now() - LATELY
    failed = sa.select(Job.id).where(Job.state == JobState.FAILED, recent).limit(most)
    return db.session.scalar(sa.select(sa.func.count()).select_from(failed.subquery())) or 0


def worker_seen() -> datetime | None:
    """The last moment of the clock for which a worker has put a job into the queue."""
    return db.session.scalar(sa.select(sa.func.max(JobTick.at)))
