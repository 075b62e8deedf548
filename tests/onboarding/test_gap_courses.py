"""What the interview showed to be missing leads into a course, where one teaches it."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from portal.competencies.models import Competency
from portal.core import clock
from portal.core.db import db
from portal.onboarding import policy
from portal.onboarding.models import OnboardingTask
from portal.onboarding.operations import start_plan
from portal.training.models import Enrolment
from portal.training.operations import complete
from portal.training.states import CourseState, EnrolmentState, Origin
from tests.factories import competencies, people, training
from tests.factories import onboarding as make

pytestmark = pytest.mark.usefixtures("db_session", "clock")


def gap(level: int = 2, required: int = 3) -> tuple[Competency, object]:
    """Somebody who starts with less of a competency than the role asks for."""
    role, competency = people.role(), competencies.competency("tact")
    job = make.hire(role=role)
    competencies.requirement(role, competency, level=required)
    competencies.evidence(job.person, competency, level=level)
    return competency, job


def the_task(job) -> OnboardingTask:
    plan = start_plan(job, by=None)
    assert plan is not None
    [task] = plan.tasks
    return task


def test_the_hire_is_enrolled_and_the_task_leads_to_the_course() -> None:
    competency, job = gap()
    course = training.course("Tact")
    training.teaches(course, competency, 3)
    task = the_task(job)
    assert task.course_id == course.id
    assert task.title["en"] == "Take the course “Tact”"
    assert task.reason["en"].startswith("The interview showed level 2 in “")
    [row] = db.session.scalars(sa.select(Enrolment)).all()
    assert (row.person_id, row.origin, row.due_on) == (
        job.person_id, Origin.ONBOARDING, task.due_on,
    )  # fmt: skip
    assert row.reason == task.reason


def test_the_course_that_leads_just_far_enough_is_chosen() -> None:
    competency, job = gap(required=3)
    for level in (2, 5, 4):
        training.teaches(training.course(f"Level {level}"), competency, level)
    assert the_task(job).title["en"] == "Take the course “Level 4”"


def test_a_course_that_cannot_be_begun_is_no_help() -> None:
    competency, job = gap()
    for course in (
        training.course(after=(training.course(),)), training.course(state=CourseState.RETIRED),
    ):  # fmt: skip
        training.teaches(course, competency, 4)
    assert start_plan(job, by=None) is None
    assert db.session.scalars(sa.select(Enrolment)).all() == []


def test_completing_the_course_finishes_the_task_and_only_that() -> None:
    competency, job = gap()
    course = training.course()
    training.teaches(course, competency, 3)
    task = the_task(job)
    account = people.account(person=job.person)
    assert not policy.finish_task(account, task)
    assert policy.finish_task(people.account(roles=["hr"]), task)
    complete(
        person=job.person, course=course, completed_on=clock.today(),
        origin=Origin.ONBOARDING, by=account,
    )  # fmt: skip
    assert task.done_at is not None
    assert task.done_by_id == account.id
    [row] = db.session.scalars(sa.select(Enrolment)).all()
    assert row.state is EnrolmentState.COMPLETED
