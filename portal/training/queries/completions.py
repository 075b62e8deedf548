"""What people completed, and the hours it gave them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

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
