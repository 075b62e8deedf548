"""The queue on PostgreSQL: procrastinate's tables, reached through the session's own connection."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from portal.core import clock
from portal.core.db import db
from portal.core.jobs.models import Job, JobState
from portal.core.jobs.queue import MAX_ATTEMPTS, Claim, LeaseLost

NAME = "portal"
DEAD = "The worker stopped in the middle of this job."

PUT = sa.text("""
    SELECT procrastinate_defer_jobs_v1(ARRAY[ROW(
        :queue, :name, 0, NULL, :key, CAST(:args AS jsonb), CAST(:run_at AS timestamptz)
    )::procrastinate_job_to_defer_v1])
""")
# procrastinate's own function compares with the server's clock; ours can be stopped by tests.
CLAIM = sa.text("""
    UPDATE procrastinate_jobs SET status = 'doing', worker_id = :worker
    WHERE id = (
        SELECT id FROM procrastinate_jobs
        WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= :now)
        ORDER BY priority DESC, id LIMIT 1 FOR UPDATE SKIP LOCKED
    )
    RETURNING id, task_name, args, attempts
""")
HOLD = sa.text("""
    SELECT id FROM procrastinate_jobs
    WHERE id = :id AND status = 'doing' AND worker_id = :worker FOR UPDATE
""")
FINISH = sa.text("SELECT procrastinate_finish_job_v1(:id, :status, false)")
RETRY = sa.text("SELECT procrastinate_retry_job_v2(:id, :at, NULL, NULL, NULL)")
DROP_TAKEN_KEY = sa.text("""
    UPDATE procrastinate_jobs AS job SET queueing_lock = NULL
    WHERE id = :id AND EXISTS (
        SELECT FROM procrastinate_jobs AS rival
        WHERE rival.queueing_lock = job.queueing_lock AND rival.status = 'todo'
    )
""")
STALLED = sa.text("""
    SELECT job.id, task_name, args, attempts, worker_id FROM procrastinate_jobs AS job
    LEFT JOIN procrastinate_workers AS worker ON worker.id = job.worker_id
    WHERE status = 'doing'
      AND (worker.id IS NULL OR last_heartbeat < now() - make_interval(secs => :silence))
    FOR UPDATE OF job SKIP LOCKED
""")
SWEEP = sa.text("""
    DELETE FROM procrastinate_jobs AS job WHERE status IN ('succeeded', 'failed') AND :before > (
        SELECT max(at) FROM procrastinate_events WHERE job_id = job.id
    )
""")


class PostgresQueue:
    """Implements ``Queue`` on procrastinate's tables; ``Claim.owner`` is its worker's number."""

    def put(
        self, name: str, payload: dict[str, Any], key: str | None, run_at: datetime | None
    ) -> None:
        """Add a job, unless one with this key is waiting."""
        values = {
            "queue": NAME,
            "name": name,
            "key": key,
            "args": json.dumps(payload),
            "run_at": run_at,
        }
        if key is None:
            db.session.execute(PUT, values)
            return
        try:
            with db.session.begin_nested():
                db.session.execute(PUT, values)
        except IntegrityError as error:
            if "queueing_lock" not in str(error.orig):
                raise

    def register_worker(self) -> str:
        """Enrol this process as a worker."""
        return str(db.session.scalar(sa.text("SELECT procrastinate_register_worker_v1()")))

    def unregister_worker(self, owner: str) -> None:
        """Take this process off the list of workers."""
        statement = sa.text("SELECT procrastinate_unregister_worker_v1(:worker)")
        db.session.execute(statement, {"worker": int(owner)})

    def has_work(self) -> bool:
        """Claiming locks nobody out here, so it may as well be tried."""
        return True

    def claim(self, owner: str, lease: timedelta) -> Claim | None:
        """Take the oldest job that is due, after putting back those of dead workers."""
        db.session.execute(
            sa.text("SELECT procrastinate_update_heartbeat_v1(:worker)"), {"worker": int(owner)}
        )
        self.recover(lease)
        row = db.session.execute(CLAIM, {"worker": int(owner), "now": clock.now()}).first()
        return Claim(row.id, row.task_name, row.args, row.attempts + 1, owner) if row else None

    def renew(self, claim: Claim, lease: timedelta) -> None:
        """Nothing: procrastinate's worker sends its heartbeat itself."""

    def finish(self, claim: Claim) -> None:
        """Mark the job done."""
        self._hold(claim)
        db.session.execute(FINISH, {"id": claim.id, "status": "succeeded"})

    def retry(self, claim: Claim, at: datetime, error: str) -> None:  # noqa: ARG002 - no place for it
        """Put the job back; it drops its key if another job with that key waits already."""
        self._hold(claim)
        self._put_back(claim.id, at)

    def fail(self, claim: Claim, error: str) -> None:
        """Give the job up, keeping what went wrong."""
        self._hold(claim)
        self._give_up(claim, error)

    def recover(self, lease: timedelta) -> int:
        """Put the jobs of silent workers back; give those up that have used all their tries."""
        rows = db.session.execute(STALLED, {"silence": lease.total_seconds()}).all()
        for row in rows:
            if row.attempts + 1 >= MAX_ATTEMPTS:
                owner = str(row.worker_id or "")
                claim = Claim(row.id, row.task_name, row.args, row.attempts + 1, owner)
                self._give_up(claim, DEAD)
            else:
                self._put_back(row.id, clock.now())
        return len(rows)

    def sweep(self, before: datetime) -> None:
        """Delete what was done before this moment."""
        db.session.execute(SWEEP, {"before": before})

    def _hold(self, claim: Claim) -> None:
        held = db.session.execute(HOLD, {"id": claim.id, "worker": int(claim.owner)}).first()
        if held is None:
            raise LeaseLost

    def _put_back(self, job_id: int, at: datetime) -> None:
        db.session.execute(DROP_TAKEN_KEY, {"id": job_id})
        db.session.execute(RETRY, {"id": job_id, "at": at})

    def _give_up(self, claim: Claim, error: str) -> None:
        db.session.execute(FINISH, {"id": claim.id, "status": "failed"})
        now = clock.now()
        db.session.add(
            Job(
                name=claim.name,
                payload=claim.payload,
                state=JobState.FAILED,
                run_at=now,
                attempts=claim.attempt,
                error=error,
                created_at=now,
                finished_at=now,
            )
        )


QUEUE = PostgresQueue()


def create_schema(connection: sa.Connection) -> None:
    """Create procrastinate's tables and functions in a database that has none."""
    from procrastinate.schema import SchemaManager

    connection.execution_options(no_parameters=True).exec_driver_sql(SchemaManager.get_schema())
