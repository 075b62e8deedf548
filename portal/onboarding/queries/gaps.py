"""What the interview showed to lie below what the role asks for."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload

from portal.competencies.models import Competency, Evidence, RoleRequirement
from portal.onboarding.models import OnboardingPlan, OnboardingTask
from portal.people.models import Employment
from portal.training.models import (
    Completion,
    Course,
    CourseCompetency,
    CoursePrerequisite,
)
from portal.training.states import CourseState


def gaps(employment: Employment) -> sa.Select[Any]:
    """Requirements of the role above the person's latest evidence, the weightiest first.

    Each with its competency and the level shown.
    """
    newest = (
        sa.select(
            Evidence.competency_id,
            Evidence.level,
            sa.func.row_number()
            .over(
                partition_by=Evidence.competency_id,
                order_by=(Evidence.observed_on.desc(), Evidence.id.desc()),
            )
            .label("place"),
        )
        .where(Evidence.person_id == employment.person_id)
        .subquery()
    )
    return (
        sa.select(RoleRequirement, Competency, newest.c.level)
        .join(Competency, Competency.id == RoleRequirement.competency_id)
        .join(newest, newest.c.competency_id == RoleRequirement.competency_id)
        .where(
            RoleRequirement.role_id == employment.role_id,
            newest.c.place == 1,
            newest.c.level < RoleRequirement.level,
        )
        .options(joinedload(Competency.current))
        .order_by(RoleRequirement.weight.desc(), RoleRequirement.id)
    )


def courses_against(person_id: int, competency_ids: Collection[int]) -> sa.Select[*tuple[Any, ...]]:
    """Courses on offer that teach these competencies and that the person can begin at once.

    Rows of a competency's id, the level the course leads to, and the course.
    """
    completed = aliased(Completion)
    done = sa.exists().where(
        completed.person_id == person_id, completed.course_id == CoursePrerequisite.required_id
    )
    lacking = sa.exists().where(
        CoursePrerequisite.course_id == Course.id,
        ~done.correlate(CoursePrerequisite),
    )
    known = sa.exists().where(Completion.person_id == person_id, Completion.course_id == Course.id)
    return (
        sa.select(CourseCompetency.competency_id, CourseCompetency.level, Course)
        .join(Course, Course.id == CourseCompetency.course_id)
        .where(
            CourseCompetency.competency_id.in_(competency_ids),
            Course.state == CourseState.OFFERED,
            ~lacking,
            ~known,
        )
        .order_by(CourseCompetency.level, Course.minutes, Course.id)
    )


def tasks_of_course(person_id: int, course_id: int) -> sa.Select[OnboardingTask]:
    """The open tasks of a person that a course finishes."""
    return (
        sa.select(OnboardingTask)
        .join(OnboardingPlan, OnboardingPlan.id == OnboardingTask.plan_id)
        .where(
            OnboardingPlan.person_id == person_id,
            OnboardingTask.course_id == course_id,
            OnboardingTask.done_at.is_(None),
        )
        .order_by(OnboardingTask.id)
    )
