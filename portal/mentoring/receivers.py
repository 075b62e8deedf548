"""Answers to what happens below: somebody leaves."""

from __future__ import annotations

from portal.accounts.models import Account
from portal.core import clock
from portal.mentoring import operations
from portal.people.models import Employment
from portal.people.signals import employment_ended


@employment_ended.connect
def leave(_sender: object, *, employment: Employment, by: Account | None) -> None:
    """Who is gone already leaves their pairs at once; others on the day after their last."""
    today = clock.today(employment.site.time_zone)
    gone = employment.ends_on is not None and employment.ends_on < today
    if gone and employment.person.employment_on(today) is None:
        operations.leave([employment.person_id], by=by)
