"""What every queue offers, and which one serves the database in use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from flask import current_app

from portal.core.db import db

MAX_ATTEMPTS = 5
BACKOFF = (10, 60, 300, 1800)
"""Seconds to wait after the first, second, third and fourth failure; JOBS_BACKOFF replaces it."""

LEASE = 60.0
"""Seconds after which a silent worker counts as dead; JOBS_LEASE_SECONDS replaces it."""

POLL = 0.5
"""Seconds an idle worker waits; JOBS_POLL_SECONDS replaces it."""

JOBS_A_PROCESS = 1_000
"""How many jobs one of several processes runs before a new one takes its place.

Printing leaves some memory behind with each paper. JOBS_A_PROCESS in the settings replaces it.
"""


@dataclass(frozen=True)
class Claim:
    """A job that a worker has taken: which, what to do, the how-manieth try, and who took it."""

    id: int
    name: str
    payload: dict[str, Any]
    attempt: int
    owner: str


class LeaseLost(Exception):  # noqa: N818 - not a fault: another worker has the job now
    """The job was taken over or finished by another worker; the work must be rolled back."""


class Queue(Protocol):
    """A queue in the database; nothing here commits."""

    def put(
        self, name: str, payload: dict[str, Any], key: str | None, run_at: datetime | None
    ) -> None:
        """Add a job, unless one with this key is waiting."""

    def has_work(self) -> bool:
        """A look, without a lock, at whether a claim might find something."""

    def claim(self, owner: str, lease: timedelta) -> Claim | None:
        """Take the next job that is due."""

    def renew(self, claim: Claim, lease: timedelta) -> None:
        """Say that the worker is alive."""

    def finish(self, claim: Claim) -> None:
        """Mark the job done; raise LeaseLost if it is no longer this worker's."""

    def retry(self, claim: Claim, at: datetime, error: str) -> None:
        """Put the job back for another try; raise LeaseLost as above."""

    def fail(self, claim: Claim, error: str) -> None:
        """Give the job up, keeping what went wrong; raise LeaseLost as above."""

    def recover(self, lease: timedelta) -> int:
        """Put the jobs of dead workers back; returns how many."""

    def sweep(self, before: datetime) -> None:
        """Delete what was done before this moment."""


def queue() -> Queue:
    """The queue of the database in use."""
    from portal.core.jobs import postgres, sqlite

    dialect = db.session.get_bind().dialect.name
    return postgres.QUEUE if dialect == "postgresql" else sqlite.QUEUE


def enqueue(
    name: str,
    *,
    key: str | None = None,
    run_at: datetime | None = None,
    **payload: Any,  # noqa: ANN401
) -> None:
    """Have the handler ``name`` called with ``payload`` once the current transaction commits.

    While a job with the same ``key`` waits, nothing is added. ``run_at`` is the earliest moment.
    """
    queue().put(name, payload, key, run_at)


def lease() -> timedelta:
    """How long a worker may be silent."""
    return timedelta(seconds=float(current_app.config.get("JOBS_LEASE_SECONDS", LEASE)))


def backoff(attempt: int) -> timedelta:
    """How long to wait after the given try has failed."""
    steps = current_app.config.get("JOBS_BACKOFF", BACKOFF)
    return timedelta(seconds=float(steps[min(attempt, len(steps)) - 1]))
