"""Looks after open requests for feedback every morning."""

from __future__ import annotations

from portal.core.jobs import periodic
from portal.development import operations


@periodic("development.look_after", cron="40 4 * * *")
def look_after() -> None:
    """First who is still here, then remind of what closes soon and close what is over."""
    operations.follow_people()
    operations.look_after_feedback()
