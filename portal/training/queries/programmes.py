"""Programmes, who is in them and how far they are."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from portal.accounts.models import Account
from portal.core import search
from portal.people import queries as people
from portal.people.models import Person
from portal.training.models import (
    Completion,
    Course,
    CoursePrerequisite,
    Programme,
    ProgrammeCourse,
    ProgrammeEnrolment,
)
from portal.training.queries.people import answered_for_by
from portal.training.states import CourseState


def programmes(state: CourseState | None = CourseState.OFFERED) -> sa.Select[Programme]:
    """The programmes on offer, or all of them, in the order of their keys."""
    found = sa.select(Programme).order_by(Programme.key)
    return found if state is None else found.where(Programme.state == state)


def programme_with_key(key: str) -> sa.Select[Programme]:
    """The programme of this key."""
    return sa.select(Programme).where(Programme.key == key)


def programme_with_courses() -> tuple[ORMOption, ...]:
    """A programme's courses in their order are loaded with it, and what comes before each."""
    return (
        selectinload(Programme.courses)
        .joinedload(ProgrammeCourse.course, innerjoin=True)
        .selectinload(Course.prerequisites)
        .joinedload(CoursePrerequisite.required, innerjoin=True),
    )


def live_programme_enrolment(person_id: int, programme_id: int) -> sa.Select[ProgrammeEnrolment]:
    """The one way through a programme a person is on."""
    return (
        sa.select(ProgrammeEnrolment)
        .where(
            ProgrammeEnrolment.person_id == person_id,
            ProgrammeEnrolment.programme_id == programme_id,
            ProgrammeEnrolment.closed_at.is_(None),
        )
        .execution_options(populate_existing=True)
    )


def programme_enrolments_of(person_id: int, *, live: bool = False) -> sa.Select[ProgrammeEnrolment]:
    """The programmes a person is in or has completed, with their courses."""
    found = (
        sa.select(ProgrammeEnrolment)
        .where(ProgrammeEnrolment.person_id == person_id)
        .options(
            joinedload(ProgrammeEnrolment.programme, innerjoin=True)
            .selectinload(Programme.courses)
            .joinedload(ProgrammeCourse.course, innerjoin=True)
            .selectinload(Course.prerequisites)
            .joinedload(CoursePrerequisite.required, innerjoin=True)
        )
        .order_by(ProgrammeEnrolment.id)
    )
    if live:
        return found.where(ProgrammeEnrolment.closed_at.is_(None))
    return found.where(
        sa.or_(ProgrammeEnrolment.closed_at.is_(None), ProgrammeEnrolment.completed_on.is_not(None))
    )


def members_after(programme_id: int, after: int) -> sa.Select[ProgrammeEnrolment]:
    """Who is on the way through a programme, by the ids of their enrolments after one."""
    return (
        sa.select(ProgrammeEnrolment)
        .where(
            ProgrammeEnrolment.programme_id == programme_id,
            ProgrammeEnrolment.closed_at.is_(None),
            ProgrammeEnrolment.id > after,
        )
        .order_by(ProgrammeEnrolment.id)
    )


def completed_by(
    person_ids: Collection[int], course_ids: Collection[int]
) -> sa.Select[*tuple[Any, ...]]:
    """Which of these courses each of these people has completed: person id and course id."""
    return (
        sa.select(Completion.person_id, Completion.course_id)
        .where(Completion.person_id.in_(person_ids), Completion.course_id.in_(course_ids))
        .distinct()
    )


def members(programme_id: int, viewer: Account) -> sa.Select[*tuple[Any, ...]]:
    """Who is on the way through a programme, of those the viewer answers for, with progress.

    Rows of an enrolment, its person, and how many required courses they have ``done``.
    """
    done = (
        sa.select(sa.func.count(ProgrammeCourse.id))
        .where(
            ProgrammeCourse.programme_id == programme_id,
            ~ProgrammeCourse.optional,
            # Two levels down SQLAlchemy no longer correlates by itself.
            sa.exists()
            .where(
                Completion.person_id == ProgrammeEnrolment.person_id,
                Completion.course_id == ProgrammeCourse.course_id,
            )
            .correlate(ProgrammeEnrolment, ProgrammeCourse),
        )
        .correlate(ProgrammeEnrolment)
        .scalar_subquery()
    )
    found = (
        sa.select(ProgrammeEnrolment, Person, done.label("done"))
        .join(Person, Person.id == ProgrammeEnrolment.person_id)
        .where(
            ProgrammeEnrolment.programme_id == programme_id,
            ProgrammeEnrolment.closed_at.is_(None),
            ProgrammeEnrolment.person_id != viewer.person_id,
        )
    )
    return found if viewer.has_role("hr") else found.where(answered_for_by(viewer))


def people_for_programme(viewer: Account, programme_id: int, named: str = "") -> sa.Select[Person]:
    """Colleagues the viewer answers for, HR everybody, who are not in the programme."""
    within = sa.exists().where(
        ProgrammeEnrolment.person_id == Person.id,
        ProgrammeEnrolment.programme_id == programme_id,
        ProgrammeEnrolment.closed_at.is_(None),
    )
    found = people.staff().where(~within, Person.id != viewer.person_id)
    if not viewer.has_role("hr"):
        found = found.where(answered_for_by(viewer))
    if named:
        found = found.where(Person.id.in_(search.matches("person", named)))
    return found
