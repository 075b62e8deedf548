"""Development of everybody the viewer answers for, as a list."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from portal.accounts.models import Account
from portal.development.models import Assessment, CareerPlan, PlanAction
from portal.development.queries.standing import is_to_do
from portal.development.states import AssessmentState
from portal.people.models import Employment, Person, Role, Site, Team
from portal.people.queries import answered_for_by
from portal.people.queries.employments import covering

PlanRole = aliased(Role)


def people_listed(viewer: Account, today: date) -> sa.Select[*tuple[Any, ...]]:
    """Those the viewer answers for, everybody for HR, with plan, open actions and assessment."""
    found = (
        sa.select(
            Person.id,
            Person.given_name,
            Person.family_name,
            Person.language,
            Person.by_name().label("sort_name"),
            Role.title.label("role"),
            Team.name.label("team"),
            CareerPlan.id.label("plan_id"),
            PlanRole.title.label("plan_role"),
            CareerPlan.person_signed_at,
            CareerPlan.manager_signed_at,
            CareerPlan.review_on,
            _open(today).label("open"),
            _open(today, PlanAction.due_on < today).label("late"),
            _assessed().label("assessed_on"),
        )
        .select_from(Person)
        .join(Employment, Employment.person_id == Person.id)
        .join(Role, Role.id == Employment.role_id)
        .join(Team, Team.id == Employment.team_id)
        .join(Site, Site.id == Employment.site_id)
        .outerjoin(
            CareerPlan, sa.and_(CareerPlan.person_id == Person.id, CareerPlan.closed_at.is_(None))
        )
        .outerjoin(PlanRole, PlanRole.id == CareerPlan.role_id)
        .where(covering(today), Person.id != viewer.person_id)
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
