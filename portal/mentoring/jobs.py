"""Looks after mentoring every morning."""

from __future__ import annotations

from portal.core.jobs import periodic
from portal.mentoring import operations


@periodic("mentoring.look_after", cron="45 4 * * *")
def look_after() -> None:
    """First who is still here, so that nobody else is asked how it goes."""
    operations.follow_people()
    operations.ask_for_feedback()
