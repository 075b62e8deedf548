"""Answers to what happens below: people move, leave, or their team gets another lead."""

from __future__ import annotations

from portal.accounts.models import Account
from portal.core import clock
from portal.people.models import Employment, Team
from portal.people.signals import employment_ended, employment_started, team_lead_set
from portal.reviews import operations


@employment_started.connect
def follow(_sender: object, *, employment: Employment, by: Account | None) -> None:
    """Reviews follow their people to another manager."""
    operations.follow_employment(employment, by=by)


@employment_ended.connect
def leave(_sender: object, *, employment: Employment, by: Account | None) -> None:
    """Who is gone already leaves their reviews at once; others on the day after their last."""
    today = clock.today(employment.site.time_zone)
    if employment.ends_on is not None and employment.ends_on < today:
        operations.leave([employment.person_id], by=by)


@team_lead_set.connect
def follow_lead(_sender: object, *, team: Team, before: int | None, by: Account | None) -> None:
    """Reviews the old lead answered for go to the new one."""
    operations.follow_lead(team, before, by=by)
