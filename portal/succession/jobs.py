"""Looks after plans every morning."""

from __future__ import annotations

from portal.core.jobs import periodic
from portal.succession import operations


@periodic("succession.look_after", cron="50 4 * * *")
def look_after() -> None:
    """Whoever has taken a position over is its successor no longer."""
    operations.follow_holders()
