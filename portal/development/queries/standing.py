"""When an action of a plan was done: read from the record it is linked with."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa

from portal.certification.models import Award, AwardCheck, Revocation
from portal.development.models import CareerPlan, PlanAction
from portal.development.states import PlanActionKind
from portal.training.models import Completion, ProgrammeEnrolment


def done_day(today: date) -> sa.ColumnElement[date | None]:
    """The day an action was done, as a column beside ``PlanAction`` joined with its plan.

    A certificate counts while it is in force: not expired, not revoked, checked if it needs it.
    """
    kind = PlanAction.kind
    return sa.case(
        (kind == PlanActionKind.COURSE, _course()),
        (kind == PlanActionKind.PROGRAMME, _programme()),
        (kind == PlanActionKind.CERTIFICATION, _certificate(today)),
        else_=PlanAction.done_on,
    )


def is_to_do(today: date) -> sa.ColumnElement[bool]:
    """Actions of live plans that are neither done nor dropped."""
    return sa.and_(
        CareerPlan.closed_at.is_(None),
        PlanAction.dropped_on.is_(None),
        done_day(today).is_(None),
    )


def _course() -> sa.ScalarSelect[Any]:
    return (
        sa.select(sa.func.max(Completion.completed_on))
        .where(
            Completion.person_id == CareerPlan.person_id,
            Completion.course_id == PlanAction.subject_id,
        )
        .correlate(CareerPlan, PlanAction)
        .scalar_subquery()
    )


def _programme() -> sa.ScalarSelect[Any]:
    return (
        sa.select(sa.func.max(ProgrammeEnrolment.completed_on))
        .where(
            ProgrammeEnrolment.person_id == CareerPlan.person_id,
            ProgrammeEnrolment.programme_id == PlanAction.subject_id,
        )
        .correlate(CareerPlan, PlanAction)
        .scalar_subquery()
    )


def _certificate(today: date) -> sa.ScalarSelect[Any]:
    checked = sa.exists().where(AwardCheck.award_id == Award.id, AwardCheck.agreed.is_(True))
    refused = sa.exists().where(AwardCheck.award_id == Award.id, AwardCheck.agreed.is_(False))
    return (
        sa.select(sa.func.max(Award.issued_on))
        .where(
            Award.person_id == CareerPlan.person_id,
            Award.certification_id == PlanAction.subject_id,
            Award.issued_on <= today,
            sa.or_(Award.expires_on.is_(None), Award.expires_on >= today),
            ~sa.exists().where(Revocation.award_id == Award.id),
            sa.or_(Award.needs_check.is_(False), checked),
            ~refused,
        )
        .correlate(CareerPlan, PlanAction)
        .scalar_subquery()
    )
