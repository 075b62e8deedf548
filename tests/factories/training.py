"""Rows of training with sensible defaults; flushed, never committed."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any

from portal.competencies.models import Competency
from portal.core import clock
from portal.core.db import db
from portal.people.models import Person
from portal.training.models import (
    Completion,
    Course,
    CourseCompetency,
    CourseCredit,
    CoursePrerequisite,
    CourseSession,
    CreditCategory,
    Enrolment,
)
from portal.training.states import CourseKind, EnrolmentState, Origin
from tests.factories.people import added, in_words
from tests.factories.people import person as someone

_number = count(1)


def category(key: str = "", **values: Any) -> CreditCategory:
    key = key or f"category_{next(_number)}"
    return added(CreditCategory(**({"key": key, "name": in_words(key.capitalize())} | values)))


def course(title: str = "", *, after: tuple[Course, ...] = (), **values: Any) -> Course:
    """A course with a trainer, of two hours and without a test; ``after`` must come before it."""
    n = next(_number)
    defaults: dict[str, Any] = {
        "key": f"course_{n:04}",
        "title": in_words(title or f"Course {n}"),
        "summary": in_words("What it is about."),
        "outcome": in_words("What you can do afterwards."),
        "kind": CourseKind.SESSION,
        "minutes": 120,
        "created_at": clock.now(),
        "prerequisites": [CoursePrerequisite(required=one) for one in after],
    }
    return added(Course(**(defaults | values)))


def teaches(course: Course, competency: Competency, level: int = 3) -> CourseCompetency:
    """Completing the course is evidence of this level."""
    return added(CourseCompetency(course=course, competency=competency, level=level))


def worth(course: Course, category: CreditCategory, minutes: int = 60) -> CourseCredit:
    """Completing the course counts so many minutes."""
    row = CourseCredit(category=category, minutes=minutes)
    course.credits.append(row)
    return added(row)


def session(course_: Course | None = None, **values: Any) -> CourseSession:
    """A session in a week, of two hours, for twelve people."""
    starts_at = values.pop("starts_at", None) or clock.now() + timedelta(days=7)
    defaults: dict[str, Any] = {
        "course": course_ or course(),
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=2),
        "time_zone": "Europe/Istanbul",
        "place": "Room 4",
        "trainer_name": "Ms Trainer",
        "seats": 12,
        "uid": f"session-{next(_number)}@portal",
        "created_at": clock.now(),
    }
    return added(CourseSession(**(defaults | values)))


def enrolment(
    person: Person | None = None, course_: Course | None = None, **values: Any
) -> Enrolment:
    """A person enrolled by their own wish; ``session`` gives them a seat there."""
    held = values.get("session")
    defaults: dict[str, Any] = {
        "person": person or someone(),
        "course": course_ or (held.course if held else course()),
        "origin": Origin.SELF,
        "state": EnrolmentState.ENROLLED,
        "created_at": clock.now(),
    }
    row = added(Enrolment(**(defaults | values)))
    if held is not None:
        db.session.refresh(held)
    return row


def completion(
    person: Person | None = None, course_: Course | None = None, **values: Any
) -> Completion:
    """What a person completed today."""
    defaults: dict[str, Any] = {
        "person": person or someone(),
        "course": course_ or course(),
        "completed_on": clock.today(),
        "origin": Origin.SELF,
        "recorded_at": clock.now(),
    }
    return added(Completion(**(defaults | values)))
