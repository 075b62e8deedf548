"""Looks after running plans every morning."""

from __future__ import annotations

from portal.core.jobs import periodic
from portal.onboarding import operations


@periodic("onboarding.look_after", cron="30 4 * * *")
def look_after() -> None:
    """First who is there, so that those are reminded and told who now answer for the plans."""
    operations.follow_people()
    operations.remind_of_check_ins()
    operations.tell_of_overdue_plans()
