"""The queue on SQLite: rows with a lease, taken by a single UPDATE."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import aliased

from portal.core import clock
from portal.core.db import db, session_reads
from portal.core.jobs.models import Job, JobState
from portal.core.jobs.queue import MAX_ATTEMPTS, Claim, LeaseLost

DEAD = "The worker stopped in the middle of this job."


class SqliteQueue:
    """Implements ``Queue`` on the table ``job``."""

    def put(
        self, name: str, payload: dict[str, Any], key: str | None, run_at: datetime | None
    ) -> None:
        """Add a job, unless one with this key is waiting."""
        now = clock.now()
        db.session.execute(
            insert(Job)
            .values(
                name=name,
                payload=payload,
                key=key,
                state=JobState.WAITING,
                run_at=run_at or now,
                attempts=0,
                created_at=now,
            )
            .on_conflict_do_nothing()
        )

    def claim(self, owner: str, lease: timedelta) -> Claim | None:
        """Take the oldest job that is due, after putting back those of dead workers."""
        self.recover(lease)
        now = clock.now()
        due = (
            sa.select(Job.id)
            .where(Job.state == JobState.WAITING, Job.run_at <= now)
            .order_by(Job.run_at, Job.id)
            .limit(1)
            .scalar_subquery()
        )
        row = db.session.execute(
            sa.update(Job)
            .where(Job.id == due)
            .values(
                state=JobState.RUNNING,
                lease_owner=owner,
                lease_until=now + lease,
                attempts=Job.attempts + 1,
            )
            .returning(Job.id, Job.name, Job.payload, Job.attempts),
            execution_options={"synchronize_session": False},
        ).first()
        return Claim(row.id, row.name, row.payload, row.attempts, owner) if row else None

    def has_work(self) -> bool:
        """Whether anything is due or lost; an idle worker must not hold up those who write."""
        now = clock.now()
        due = sa.and_(Job.state == JobState.WAITING, Job.run_at <= now)
        lost = sa.and_(Job.state == JobState.RUNNING, Job.lease_until < now)
        with session_reads():
            return bool(db.session.scalar(sa.select(sa.exists().where(sa.or_(due, lost)))))

    def renew(self, claim: Claim, lease: timedelta) -> None:
        """Move the end of the lease."""
        self._change(claim, lease_until=clock.now() + lease)

    def finish(self, claim: Claim) -> None:
        """Mark the job done."""
        self._change(
            claim, state=JobState.DONE, finished_at=clock.now(), lease_until=None, error=None
        )

    def retry(self, claim: Claim, at: datetime, error: str) -> None:
        """Put the job back; it drops its key if another job with that key waits already."""
        rival = aliased(Job)
        taken = sa.exists().where(rival.key == Job.key, rival.state == JobState.WAITING)
        self._change(
            claim,
            state=JobState.WAITING,
            run_at=at,
            lease_until=None,
            lease_owner=None,
            error=error,
            key=sa.case((taken, None), else_=Job.key),
        )

    def fail(self, claim: Claim, error: str) -> None:
        """Give the job up, keeping what went wrong."""
        self._change(
            claim, state=JobState.FAILED, finished_at=clock.now(), lease_until=None, error=error
        )

    def recover(self, lease: timedelta) -> int:  # noqa: ARG002 - the row itself holds its lease
        """Put the jobs with an expired lease back; give those up that have used all their tries."""
        now = clock.now()
        lost = sa.select(Job.id, Job.name, Job.payload, Job.attempts, Job.lease_owner).where(
            Job.state == JobState.RUNNING, Job.lease_until < now
        )
        rows = db.session.execute(lost).all()
        for row in rows:
            claim = Claim(row.id, row.name, row.payload, row.attempts, row.lease_owner)
            if row.attempts >= MAX_ATTEMPTS:
                self.fail(claim, DEAD)
            else:
                self.retry(claim, now, DEAD)
        return len(rows)

    def sweep(self, before: datetime) -> None:
        """Delete what was done before this moment."""
        db.session.execute(
            sa.delete(Job).where(Job.state == JobState.DONE, Job.finished_at < before)
        )

    def _change(self, claim: Claim, **values: Any) -> None:  # noqa: ANN401 - column values
        result = db.session.execute(
            sa.update(Job)
            .where(
                Job.id == claim.id, Job.state == JobState.RUNNING, Job.lease_owner == claim.owner
            )
            .values(**values)
            .returning(Job.id),
            execution_options={"synchronize_session": False},
        )
        if result.first() is None:
            raise LeaseLost


QUEUE = SqliteQueue()
