"""Seals the trail every five minutes."""

from __future__ import annotations

from datetime import timedelta

from portal.core import audit, clock
from portal.core.jobs import periodic

SETTLED = timedelta(minutes=2)
"""Younger events wait: of two transactions the one with the lower number may commit last."""


@periodic("audit.seal", every=timedelta(minutes=5))
def seal() -> None:
    """Extend the chain over every event that has settled."""
    until = clock.now() - SETTLED
    while audit.seal(until=until) == audit.SEAL_BATCH:
        pass
