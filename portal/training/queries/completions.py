"""What people completed, and the hours it gave them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import defer, joinedload

from portal.core.documents import Document
from portal.people.models import Employment, Person
from portal.training.models import Completion, Credit, CreditCategory, Enrolment
from portal.training.states import LIVE, CreditState


def completions_of(person_id: int) -> sa.Select[Completion]:
    """What a person completed with its courses, newest first."""
    return (
        sa.select(Completion)
        .where(Completion.person_id == person_id)
        .options(joinedload(Completion.course, innerjoin=True))
        .order_by(Completion.completed_on.desc(), Completion.id.desc())
    )


def completion_on(person_id: int, course_id: int, day: date) -> sa.Select[Completion]:
    """The completion of a course by a person on a day, if there is one."""
    return sa.select(Completion).where(
        Completion.person_id == person_id,
        Completion.course_id == course_id,
        Completion.completed_on == day,
    )


def credits_between(person_id: int, first: date, last: date) -> sa.Select[*tuple[Any, ...]]:
    """The minutes that count for a person from ``first`` to ``last``: category key and minutes."""
    return (
        sa.select(CreditCategory.key, sa.func.sum(Credit.minutes).label("minutes"))
        .join(CreditCategory, CreditCategory.id == Credit.category_id)
        .where(
            Credit.person_id == person_id,
            Credit.state == CreditState.COUNTED,
            Credit.earned_on.between(first, last),
        )
        .group_by(CreditCategory.key)
        .order_by(CreditCategory.key)
    )


def done_in(person_id: int, course_ids: Collection[int]) -> sa.Select[*tuple[Any, ...]]:
    """When a person last completed each of these courses: course id and day."""
    return (
        sa.select(Completion.course_id, sa.func.max(Completion.completed_on))
        .where(Completion.person_id == person_id, Completion.course_id.in_(course_ids))
        .group_by(Completion.course_id)
    )


def hours_by_year(person_id: int) -> sa.Select[*tuple[Any, ...]]:
    """The minutes that count for a person: year, category name and minutes, newest year first."""
    year = sa.extract("year", Credit.earned_on)
    return (
        sa.select(
            year.label("year"), CreditCategory.id, sa.func.sum(Credit.minutes).label("minutes")
        )
        .join(CreditCategory, CreditCategory.id == Credit.category_id)
        .where(Credit.person_id == person_id, Credit.state == CreditState.COUNTED)
        .group_by(year, CreditCategory.id)
        .order_by(year.desc(), CreditCategory.id)
    )


def summary_of(person_id: int, today: date) -> sa.Select[*tuple[Any, ...]]:
    """How many courses a person has to do, is late with and has completed: one row."""
    to_do = (Enrolment.person_id == person_id, Enrolment.state.in_(LIVE))
    enrolments = sa.select(sa.func.count(Enrolment.id)).where(*to_do)
    completed = sa.select(sa.func.count(Completion.id)).where(Completion.person_id == person_id)
    return sa.select(
        enrolments.scalar_subquery().label("live"),
        enrolments.where(Enrolment.due_on < today).scalar_subquery().label("late"),
        completed.scalar_subquery().label("completed"),
    )


def completions_in(session_id: int) -> sa.Select[Completion]:
    """What people completed in a session, with person and course, in the order they came."""
    return (
        sa.select(Completion)
        .join(Enrolment, Enrolment.id == Completion.enrolment_id)
        .where(Enrolment.session_id == session_id)
        .options(
            joinedload(Completion.person, innerjoin=True),
            joinedload(Completion.course, innerjoin=True),
        )
        .order_by(Completion.id)
    )


def certificates_in(session_id: int, kind: str) -> sa.Select[*tuple[Any, ...]]:
    """The completions of a session with their certificates, where they were issued."""
    return (
        sa.select(Completion, Document)
        .join(Enrolment, Enrolment.id == Completion.enrolment_id)
        .outerjoin(
            Document,
            sa.and_(
                Document.kind == kind,
                Document.subject_type == Completion.__tablename__,
                Document.subject_id == Completion.id,
            ),
        )
        .where(Enrolment.session_id == session_id)
        .options(
            joinedload(Completion.person, innerjoin=True),
            joinedload(Document.file),
            defer(Document.payload),
        )
        .order_by(Completion.id)
    )


def completions_known(
    person_ids: Collection[int], course_ids: Collection[int]
) -> sa.Select[*tuple[Any, ...]]:
    """What these people completed of these courses: person id, course id and day."""
    return sa.select(Completion.person_id, Completion.course_id, Completion.completed_on).where(
        Completion.person_id.in_(person_ids), Completion.course_id.in_(course_ids)
    )


def people_with_emails(folded: Collection[str]) -> sa.Select[Person]:
    """Those who work or have worked here with these folded addresses."""
    employed = sa.exists().where(Employment.person_id == Person.id)
    return sa.select(Person).where(Person.email_folded.in_(folded), employed)


def live_enrolments_in(
    person_ids: Collection[int], course_ids: Collection[int]
) -> sa.Select[Enrolment]:
    """What is still to come for these people in these courses."""
    return (
        sa.select(Enrolment)
        .where(
            Enrolment.person_id.in_(person_ids),
            Enrolment.course_id.in_(course_ids),
            Enrolment.state.in_(LIVE),
        )
        .options(joinedload(Enrolment.session))
    )
