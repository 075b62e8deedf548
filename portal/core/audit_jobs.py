"""Seals the trail every five minutes."""

from __future__ import annotations

from datetime import timedelta

from portal.core import audit, clock
from portal.core.jobs import enqueue, periodic

SETTLED = timedelta(minutes=2)
"""Younger events wait: of two transactions the one with the lower number may commit last."""


@periodic("audit.seal", every=timedelta(minutes=5))
def seal() -> None:
    """Extend the chain by one batch of settled events; more wait for a job of their own.

    A job is one transaction, and on SQLite that keeps every other writer waiting.
    """
    if audit.seal(until=clock.now() - SETTLED) == audit.SEAL_BATCH:
        enqueue("audit.seal")
