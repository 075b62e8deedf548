"""Courses and tasks for what the interview showed to lie below the role's requirement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.competencies.models import Competency, RoleRequirement
from portal.core import clock, i18n
from portal.core.db import Words, db
from portal.core.errors import Refused
from portal.core.i18n import words
from portal.onboarding import queries
from portal.onboarding.calendar import shifted
from portal.onboarding.models import OnboardingTask
from portal.onboarding.operations.task import finish_task
from portal.onboarding.starter import pack
from portal.onboarding.states import TaskOwner
from portal.people.models import Employment
from portal.training.models import Completion, Course
from portal.training.operations import enrol
from portal.training.states import Origin

DECIMAL_COMMA = ("tr", "es")

COURSE_DAYS = 20
"""Working days for a course, where the starter pack has no exercise that says how long it takes."""


def tasks_for_gaps(employment: Employment, *, by: Account | None) -> Iterator[OnboardingTask]:
    """A task of the hire for every competency whose latest evidence lies below the requirement.

    Where a course on offer teaches it, the hire is enrolled and the task is to take it; else it is
    an exercise. Competencies with neither are left to the manager.
    """
    found = db.session.execute(queries.gaps(employment)).all()
    taught = _courses(employment, [competency.id for _asked, competency, _level in found])
    for requirement, competency, level in found:
        exercise: dict[str, Any] | None = pack()["gap_tasks"].get(competency.key)
        days = exercise["offset_days"] if exercise else COURSE_DAYS
        task = OnboardingTask(
            key=f"gap-{competency.key}",
            competency_id=competency.id,
            owner_kind=TaskOwner.HIRE,
            owner_id=employment.person_id,
            due_on=shifted(employment.starts_on, days, employment.site.country),
        )
        course = _fitting(taught.get(competency.id, ()), requirement.level)
        reason = _asked_for(requirement, competency, level)
        if course is not None and _enrolled(employment, course, reason, task.due_on, by):
            task.title, task.help, task.reason = _to_take(course), course.summary, reason
            task.course_id = course.id
        elif exercise is not None:
            task.title, task.reason = exercise["title"], _reason(exercise["reason"], level,
                                                                 requirement.level)  # fmt: skip
            task.help = competency.current.description if competency.current else {}
        else:
            continue
        yield task


def _courses(
    employment: Employment, competency_ids: Sequence[int]
) -> dict[int, list[tuple[int, Course]]]:
    """Levels and courses by competency, the lowest level and shortest course first."""
    found: dict[int, list[tuple[int, Course]]] = {}
    if competency_ids:
        rows = queries.courses_against(employment.person_id, competency_ids)
        for competency_id, level, course in db.session.execute(rows):
            found.setdefault(competency_id, []).append((level, course))
    return found


def _fitting(taught: Sequence[tuple[int, Course]], required: int) -> Course | None:
    """The course that leads just to the level, or else the one that leads furthest."""
    enough = [course for level, course in taught if level >= required]
    if enough:
        return enough[0]
    return max(taught, key=lambda row: row[0])[1] if taught else None


def _enrolled(
    employment: Employment, course: Course, reason: Words, due_on: date, by: Account | None
) -> bool:
    """Whether the hire could be enrolled."""
    try:
        enrol(
            employment.person,
            course,
            origin=Origin.ONBOARDING,
            reason=reason,
            due_on=max(due_on, clock.today(employment.site.time_zone)),
            by=by,
        )
    except Refused:
        # All tries are used up, say: then the exercise is what is left.
        return False
    return True


def finish_course_tasks(completion: Completion, *, by: Account | None) -> None:
    """Tick the tasks that a completed course finishes."""
    rows = queries.tasks_of_course(completion.person_id, completion.course_id)
    for task in db.session.scalars(rows).all():
        finish_task(task, by=by)


def _to_take(course: Course) -> Words:
    return i18n.in_each_language(
        lambda: _("Take the course “%(course)s”", course=words(course.title))
    )


def _asked_for(requirement: RoleRequirement, competency: Competency, level: float) -> Words:
    """In each language what was shown and what is asked for."""
    name = competency.current.name if competency.current else {}
    return i18n.in_each_language(
        lambda: _(
            "The interview showed level %(level)s in “%(competency)s”; "
            "the role asks for level %(required)s.",
            level=_shown(level, i18n.current_locale()),
            competency=words(name) or competency.key,
            required=requirement.level,
        )
    )


def _reason(sentence: Words, level: float, required: int) -> Words:
    """The sentence in each language with both levels."""
    return {
        language: text.format(level=_shown(level, language), required=required)
        for language, text in sentence.items()
    }


def _shown(level: float, language: str) -> str:
    """A mean as 2.5 or 2,5; a whole level as 2."""
    shown = f"{level:.1f}".removesuffix(".0")
    return shown.replace(".", ",") if language in DECIMAL_COMMA else shown
