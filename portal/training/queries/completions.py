"""What people completed, and the hours it gave them."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from portal.training.models import Completion, Credit, CreditCategory
from portal.training.states import CreditState


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
