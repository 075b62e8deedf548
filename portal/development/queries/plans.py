"""Career plans and their actions."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from portal.accounts.models import Account
from portal.core import clock
from portal.development.models import CareerPlan, PlanAction
from portal.development.queries.answering import managed_by
from portal.development.queries.standing import done_day, is_to_do

SIGNED_AT = sa.func.coalesce(CareerPlan.person_signed_at, CareerPlan.manager_signed_at)
"""When the first of both signed."""


def plans_of(person_id: int) -> sa.Select[CareerPlan]:
    """All plans of a person, newest first."""
    return (
        sa.select(CareerPlan)
        .where(CareerPlan.person_id == person_id)
        .options(joinedload(CareerPlan.role, innerjoin=True))
        .order_by(CareerPlan.id.desc())
    )


def live_plan(person_id: int) -> sa.Select[CareerPlan]:
    """The plan that is not closed: one row or none."""
    return plans_of(person_id).where(CareerPlan.closed_at.is_(None))


def plan_in_full(plan_id: int) -> sa.Select[CareerPlan]:
    """One plan with its actions and who added them."""
    return (
        sa.select(CareerPlan)
        .where(CareerPlan.id == plan_id)
        .options(
            joinedload(CareerPlan.role, innerjoin=True),
            joinedload(CareerPlan.manager_signed_by),
            selectinload(CareerPlan.actions).joinedload(PlanAction.created_by, innerjoin=True),
        )
    )


def days_done(plan_ids: Collection[int], today: date) -> sa.Select[*tuple[Any, ...]]:
    """Action id and the day it was done, of all actions of these plans."""
    return (
        sa.select(PlanAction.id, done_day(today).label("done_on"))
        .join(CareerPlan, CareerPlan.id == PlanAction.plan_id)
        .where(PlanAction.plan_id.in_(plan_ids))
    )


def actions_due(viewer: Account, until: date) -> sa.Select[PlanAction]:
    """What the viewer has to do by their own plan by then, the most urgent first."""
    return (
        sa.select(PlanAction)
        .join(PlanAction.plan)
        .where(
            CareerPlan.person_id == viewer.person_id,
            PlanAction.due_on <= until,
            is_to_do(clock.today(viewer.time_zone)),
        )
        .options(contains_eager(PlanAction.plan))
        .order_by(PlanAction.due_on, PlanAction.id)
    )


def plans_to_sign(viewer: Account) -> sa.Select[CareerPlan]:
    """Plans the other side has signed and this account has not."""
    own = sa.and_(CareerPlan.person_id == viewer.person_id, CareerPlan.person_signed_at.is_(None))
    others = sa.and_(managed_by(viewer), CareerPlan.manager_signed_at.is_(None))
    # As the partial index has it, which leaves out the many plans both have signed.
    one_is_missing = sa.or_(
        CareerPlan.person_signed_at.is_(None), CareerPlan.manager_signed_at.is_(None)
    )
    return (
        sa.select(CareerPlan)
        .join(CareerPlan.person)
        .where(CareerPlan.closed_at.is_(None), one_is_missing, SIGNED_AT.is_not(None))
        .where(sa.or_(own, others))
        .options(contains_eager(CareerPlan.person), joinedload(CareerPlan.role, innerjoin=True))
        .order_by(SIGNED_AT, CareerPlan.id)
    )


def plans_to_review(viewer: Account, until: date) -> sa.Select[CareerPlan]:
    """Live plans whose review is due by then: one's own, and those of one's people."""
    mine = sa.or_(CareerPlan.person_id == viewer.person_id, managed_by(viewer))
    return (
        sa.select(CareerPlan)
        .join(CareerPlan.person)
        .where(CareerPlan.closed_at.is_(None), CareerPlan.review_on <= until, mine)
        .options(contains_eager(CareerPlan.person), joinedload(CareerPlan.role, innerjoin=True))
        .order_by(CareerPlan.review_on, CareerPlan.id)
    )
