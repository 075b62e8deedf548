"""Answers to what happens below: an employment begins or ends, a team gets another lead."""

from __future__ import annotations

from datetime import timedelta

from portal.accounts.models import Account
from portal.core import clock
from portal.onboarding import operations
from portal.people.models import Employment, Team
from portal.people.signals import employment_ended, employment_started, team_lead_set
from portal.people.states import EmploymentReason
from portal.training.models import Completion
from portal.training.signals import course_completed

NEW_FOR = timedelta(days=90)
"""Who began longer ago is entered after the fact and needs no onboarding."""


@employment_started.connect
def start_plan(_sender: object, *, employment: Employment, by: Account | None) -> None:
    """Hires and returns are onboarded; after promotions and transfers a running plan follows."""
    if employment.reason not in {EmploymentReason.HIRE, EmploymentReason.RETURN}:
        operations.follow_employment(employment, by=by)
    elif employment.starts_on >= clock.today() - NEW_FOR:
        operations.start_plan(employment, by=by)


@employment_ended.connect
def leave(_sender: object, *, employment: Employment, by: Account | None) -> None:
    """Who is gone already leaves their tasks at once; others on the day after their last."""
    today = clock.today(employment.site.time_zone)
    if employment.ends_on is not None and employment.ends_on < today:
        operations.leave([employment.person_id], by=by)


@course_completed.connect
def finish_course_tasks(_sender: object, *, completion: Completion, by: Account | None) -> None:
    """What the interview asked for is done when the course is."""
    operations.finish_course_tasks(completion, by=by)


@team_lead_set.connect
def follow_lead(_sender: object, *, team: Team, before: int | None, by: Account | None) -> None:
    """Plans the old lead managed go to the new one."""
    operations.follow_lead(team, before, by=by)
