"""What leavers answer for today."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from portal.mentoring.models import MentoringPair
from portal.mentoring.states import LIVE
from portal.onboarding.models import OnboardingPlan, OnboardingTask
from portal.people.models import Employment, Team
from portal.people.queries.employments import covering
from portal.reviews.models import Review
from portal.reviews.states import ReviewState

UNFINISHED = (ReviewState.WRITING, ReviewState.CALIBRATION, ReviewState.RELEASED)


def teams_led(person_ids: Collection[int]) -> sa.Select[*tuple[Any, ...]]:
    """The teams these people lead: lead id and name of the team."""
    return (
        sa.select(Team.lead_id, Team.name).where(Team.lead_id.in_(person_ids)).order_by(Team.path)
    )


def reports_of(person_ids: Collection[int], day: date) -> sa.Select[*tuple[Any, ...]]:
    """How many people report to each of these on a day: manager id and number."""
    return (
        sa.select(Employment.manager_id, sa.func.count())
        .where(Employment.manager_id.in_(person_ids), covering(day))
        .group_by(Employment.manager_id)
    )


def mentored_by(person_ids: Collection[int]) -> sa.Select[MentoringPair]:
    """Pairs under way whose mentor is one of these people and whose mentee stays."""
    return (
        sa.select(MentoringPair)
        .where(
            MentoringPair.mentor_id.in_(person_ids),
            MentoringPair.mentee_id.not_in(person_ids),
            MentoringPair.state.in_(LIVE),
        )
        .options(
            joinedload(MentoringPair.mentor, innerjoin=True),
            joinedload(MentoringPair.mentee, innerjoin=True),
        )
        .order_by(MentoringPair.id)
    )


def reviews_by(person_ids: Collection[int]) -> sa.Select[Review]:
    """Unfinished reviews of people who stay that one of these answers for."""
    return (
        sa.select(Review)
        .where(
            Review.manager_id.in_(person_ids),
            Review.person_id.not_in(person_ids),
            Review.state.in_(UNFINISHED),
        )
        .options(
            joinedload(Review.person, innerjoin=True),
            joinedload(Review.manager),
            joinedload(Review.cycle, innerjoin=True),
        )
        .order_by(Review.id)
    )


def onboarding_by(person_ids: Collection[int]) -> sa.Select[OnboardingPlan]:
    """Plans with open tasks that one of these people answers for, of those who stay."""
    is_open = sa.exists().where(
        OnboardingTask.plan_id == OnboardingPlan.id, OnboardingTask.done_at.is_(None)
    )
    return (
        sa.select(OnboardingPlan)
        .where(
            OnboardingPlan.manager_id.in_(person_ids),
            OnboardingPlan.person_id.not_in(person_ids),
            OnboardingPlan.stopped_at.is_(None),
            is_open,
        )
        .options(
            joinedload(OnboardingPlan.person, innerjoin=True), joinedload(OnboardingPlan.manager)
        )
        .order_by(OnboardingPlan.id)
    )


def teammates(person_ids: Collection[int], day: date) -> sa.Select[*tuple[Any, ...]]:
    """Everybody in the teams these people work in on a day, the people themselves included."""
    theirs = sa.select(Employment.team_id).where(
        Employment.person_id.in_(person_ids), covering(day)
    )
    return (
        sa.select(Employment.person_id, Employment.team_id, Team.name.label("team"))
        .join(Team, Team.id == Employment.team_id)
        .where(Employment.team_id.in_(theirs), covering(day))
        .order_by(Employment.team_id, Employment.person_id)
    )
