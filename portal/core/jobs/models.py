"""The queue's tables: jobs (on PostgreSQL only those that failed for good) and ticks."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Id, Json, Model, enum_column
from portal.core.states import State, Tone


class JobState(State):
    """Where a job stands."""

    WAITING = "waiting", _l("Waiting"), Tone.INFO, "clock"
    RUNNING = "running", _l("Running"), Tone.INFO, "hourglass-split"
    DONE = "done", _l("Done"), Tone.OK, "check-circle"
    FAILED = "failed", _l("Failed"), Tone.BAD, "x-circle"


class Job(Model):
    """One piece of work: a handler's name and its arguments.

    SQLite's queue lives here. On PostgreSQL procrastinate keeps the queue, and this table
    holds what it has no place for: the jobs that failed for good, with their traceback.
    """

    __tablename__ = "job"
    __table_args__ = (
        sa.Index("ix_job_due", "state", "run_at", "id"),
        sa.Index("ix_job_lease", "state", "lease_until"),
        sa.Index(
            "uq_job_waiting_key",
            "key",
            unique=True,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        ),
    )

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(sa.String(120))
    payload: Mapped[Json]
    key: Mapped[str | None]
    state: Mapped[JobState] = mapped_column(enum_column(JobState), default=JobState.WAITING)
    run_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    lease_owner: Mapped[str | None] = mapped_column(sa.String(80))
    error: Mapped[str | None] = mapped_column(sa.Text)
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class JobTick(Model):
    """The last moment for which a periodic job was put into the queue."""

    __tablename__ = "job_tick"

    name: Mapped[str] = mapped_column(sa.String(120), primary_key=True)
    at: Mapped[datetime]
