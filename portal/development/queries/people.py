"""Development of everybody the viewer answers for, as a list."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from portal.accounts.models import Account
from portal.careers.queries import everybody_at_work
from portal.development.models import Assessment, CareerPlan, PlanAction
from portal.development.queries.standing import is_to_do
from portal.development.states import AssessmentState
from portal.people.models import Person, Role
from portal.people.queries import answered_for_by

PlanRole = aliased(Role)


def people_listed(viewer: Account, today: date) -> sa.Select[*tuple[Any, ...]]:
    """Those the viewer answers for, everybody for HR, with plan, open actions and assessment."""
    found = (
        everybody_at_work(today)
        .add_columns(
            CareerPlan.id.label("plan_id"),
            PlanRole.title.label("plan_role"),
            CareerPlan.person_signed_at,
            CareerPlan.manager_signed_at,
            CareerPlan.review_on,
            _open(today).label("open"),
            _open(today, PlanAction.due_on < today).label("late"),
            _assessed().label("assessed_on"),
        )
        .outerjoin(
            CareerPlan, sa.and_(CareerPlan.person_id == Person.id, CareerPlan.closed_at.is_(None))
        )
        .outerjoin(PlanRole, PlanRole.id == CareerPlan.role_id)
        .where(Person.id != viewer.person_id)
    )
    return found if viewer.has_role("hr") else found.where(answered_for_by(viewer))


def _open(today: date, *more: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    return (
        sa.select(sa.func.count())
        .select_from(PlanAction)
        .where(PlanAction.plan_id == CareerPlan.id, is_to_do(today), *more)
        .correlate(CareerPlan)
        .scalar_subquery()
    )


def _assessed() -> sa.ScalarSelect[date | None]:
    """The day of the last talk after which levels were agreed on."""
    return (
        sa.select(sa.func.max(Assessment.talk_on))
        .where(Assessment.person_id == Person.id, Assessment.state == AssessmentState.AGREED)
        .correlate(Person)
        .scalar_subquery()
    )
