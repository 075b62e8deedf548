"""Where a person stands with each course of a programme: what is done, open, and still shut."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from portal.training.models import Course, Programme
from portal.training.states import CourseState, StepState


@dataclass(frozen=True)
class Step:
    """One course of a programme; ``waits_for`` are the courses that must be completed first."""

    course: Course
    optional: bool
    state: StepState
    waits_for: Sequence[Course]


def steps(programme: Programme, done: Collection[int], live: Collection[int]) -> list[Step]:
    """The courses in their order, for who completed ``done`` and is enrolled in ``live`` (ids).

    In order, a course waits for every required one before it; an optional one holds nobody up.
    """
    found: list[Step] = []
    required: list[Course] = []
    for row in programme.courses:
        course = row.course
        first = [one.required for one in course.prerequisites]
        before = [*required, *(one for one in first if one not in required)]
        missing = [one for one in (before if programme.in_order else first) if one.id not in done]
        found.append(Step(course, row.optional, _state(course, missing, done, live), missing))
        if not row.optional:
            required.append(course)
    return found


def _state(
    course: Course, missing: Sequence[Course], done: Collection[int], live: Collection[int]
) -> StepState:
    if course.id in done:
        return StepState.DONE
    if course.id in live:
        return StepState.UNDER_WAY
    if course.state is not CourseState.OFFERED:
        return StepState.GONE
    return StepState.SHUT if missing else StepState.OPEN


def is_complete(programme: Programme, done: Collection[int]) -> bool:
    """Whether every required course is completed."""
    return all(row.course_id in done for row in programme.courses if not row.optional)


def progress(found: Sequence[Step]) -> tuple[int, int]:
    """How many required courses are completed, and how many there are."""
    required = [step for step in found if not step.optional]
    return sum(step.state is StepState.DONE for step in required), len(required)
