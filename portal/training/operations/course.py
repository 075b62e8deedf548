"""Courses of the catalogue: added, changed, retired, offered again; categories of hours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.competencies.models import Competency
from portal.core import audit, clock, search
from portal.core.db import Words, db
from portal.core.errors import Refused
from portal.core.i18n import words
from portal.core.states import require_move
from portal.training import queries
from portal.training.models import (
    Course,
    CourseCompetency,
    CourseCredit,
    CoursePrerequisite,
    CreditCategory,
)
from portal.training.states import COURSE_MOVES, CourseKind, CourseState, TrainingFact

SEARCH_KIND = "course"


@dataclass(frozen=True)
class Terms:
    """What a course is: its texts, length in minutes, test, and what it counts towards."""

    title: Words
    summary: Words
    kind: CourseKind
    minutes: int
    outcome: Words = field(default_factory=dict)
    pass_mark: int | None = None
    most_attempts: int | None = None
    address: str = ""
    self_enrol: bool = True
    competencies: Mapping[Competency, int] = field(default_factory=dict)
    credits: Mapping[CreditCategory, int] = field(default_factory=dict)
    prerequisites: Sequence[Course] = ()


def add_course(
    key: str, terms: Terms, *, state: CourseState = CourseState.OFFERED, by: Account | None
) -> Course:
    """Put a course into the catalogue.

    Raises:
        Refused: if the key is taken, or a prerequisite cannot be one.
    """
    if db.session.scalar(queries.course_with_key(key)) is not None:
        raise Refused(_("Another course has this key."), "key")
    course = Course(key=key, state=state, created_at=clock.now())
    _apply(course, terms)
    db.session.add(course)
    _record(TrainingFact.COURSE_ADDED, course, terms, by=by)
    return course


def change_course(course: Course, terms: Terms, *, by: Account | None) -> None:
    """Change what a course is from now on; what people completed keeps what it gave them.

    Raises:
        Refused: if its prerequisites would lead back to it, naming the circle.
    """
    _require_no_circle(course, terms.prerequisites)
    _apply(course, terms)
    _record(TrainingFact.COURSE_CHANGED, course, terms, by=by)


def retire_course(course: Course, *, by: Account | None) -> None:
    """Take no more people; who is enrolled still completes it."""
    _move(course, CourseState.RETIRED, by=by)


def offer_course(course: Course, *, by: Account | None) -> None:
    """Open a draft or a retired course to people."""
    _move(course, CourseState.OFFERED, by=by)


def _move(course: Course, state: CourseState, *, by: Account | None) -> None:
    require_move(COURSE_MOVES, course.state, state)
    course.state = state
    audit.record(TrainingFact.COURSE_CHANGED, course, by=by)


def _apply(course: Course, terms: Terms) -> None:
    course.title, course.summary, course.outcome = terms.title, terms.summary, terms.outcome
    course.kind, course.minutes = terms.kind, terms.minutes
    course.pass_mark, course.most_attempts = terms.pass_mark, terms.most_attempts
    course.address, course.self_enrol = terms.address, terms.self_enrol
    _set_competencies(course, terms.competencies)
    _set_credits(course, terms.credits)
    _set_prerequisites(course, terms.prerequisites)


def _set_competencies(course: Course, wanted: Mapping[Competency, int]) -> None:
    known = {row.competency: row for row in course.competencies}
    for competency, level in wanted.items():
        if competency in known:
            known[competency].level = level
        else:
            course.competencies.append(CourseCompetency(competency=competency, level=level))
    for competency in known.keys() - wanted.keys():
        course.competencies.remove(known[competency])


def _set_credits(course: Course, wanted: Mapping[CreditCategory, int]) -> None:
    known = {row.category: row for row in course.credits}
    for category, minutes in wanted.items():
        if category in known:
            known[category].minutes = minutes
        else:
            course.credits.append(CourseCredit(category=category, minutes=minutes))
    for category in known.keys() - wanted.keys():
        course.credits.remove(known[category])


def _set_prerequisites(course: Course, wanted: Sequence[Course]) -> None:
    known = {row.required: row for row in course.prerequisites}
    for required in dict.fromkeys(wanted):
        if required not in known:
            course.prerequisites.append(CoursePrerequisite(required=required))
    for required in known.keys() - set(wanted):
        course.prerequisites.remove(known[required])


def _require_no_circle(course: Course, prerequisites: Sequence[Course]) -> None:
    """Follow what each prerequisite itself asks for; the way back to the course is the circle."""
    # Two people who each add one half of a circle must not both be right.
    db.session.execute(queries.every_course_locked())
    asks: dict[int, list[int]] = {}
    for before, required in db.session.execute(queries.prerequisite_pairs()):
        asks.setdefault(before, []).append(required)
    asks[course.id] = [one.id for one in prerequisites]
    way = _way_back(course.id, asks)
    if way:
        titles = {
            one.id: words(one.title)
            for one in db.session.scalars(sa.select(Course).where(Course.id.in_(way)))
        }
        circle = " → ".join(f"“{titles[key]}”" for key in way)
        raise Refused(_("This would be a circle: %(circle)s.", circle=circle), "prerequisites")


def _way_back(start: int, asks: Mapping[int, Sequence[int]]) -> list[int]:
    """A shortest way from ``start`` back to it, both ends included; empty if there is none."""
    before: dict[int, int] = {}
    waiting = [start]
    for here in waiting:
        for there in asks.get(here, ()):
            if there == start:
                way = [start, here]
                while way[-1] != start:
                    way.append(before[way[-1]])
                return way[::-1]
            if there not in before:
                before[there] = here
                waiting.append(there)
    return []


def _record(fact: TrainingFact, course: Course, terms: Terms, *, by: Account | None) -> None:
    audit.record(
        fact,
        course,
        by=by,
        competencies={one.key: level for one, level in terms.competencies.items()},
        credits={one.key: minutes for one, minutes in terms.credits.items()},
        prerequisites=[one.key for one in terms.prerequisites],
    )
    texts = [*course.title.values(), *course.summary.values()]
    search.index(SEARCH_KIND, course.id, course.key, *texts)


def add_category(key: str, name: Words, *, by: Account | None) -> CreditCategory:
    """Add a kind of continuing-education hour.

    Raises:
        Refused: if the key is taken.
    """
    if db.session.scalar(queries.category_with_key(key)) is not None:
        raise Refused(_("Another category has this key."), "key")
    row = CreditCategory(key=key, name=name)
    db.session.add(row)
    audit.record(TrainingFact.CATEGORY_ADDED, row, by=by)
    return row


def change_category(category: CreditCategory, name: Words, *, by: Account | None) -> None:
    """Name a category otherwise; its key stays."""
    category.name = name
    audit.record(TrainingFact.CATEGORY_CHANGED, category, by=by)
