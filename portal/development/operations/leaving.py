"""What ends by itself when somebody no longer works here."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from portal.core import audit, clock
from portal.core.db import db
from portal.core.states import require_move
from portal.development.models import Assessment, CareerPlan, FeedbackRequest
from portal.development.operations.feedback import close_request
from portal.development.queries.assessments import LIVE
from portal.development.states import (
    ASSESSMENT_MOVES,
    AssessmentState,
    DevelopmentFact,
    RequestState,
)
from portal.people.models import Employment


def follow_people() -> None:
    """End assessments, questions and career plans about people who left.

    What they were asked for themselves closes with its own day. Nobody is told: who was asked
    sees it no longer.
    """
    for row in db.session.scalars(_about_gone(Assessment, Assessment.state.in_(LIVE))).all():
        require_move(ASSESSMENT_MOVES, row.state, AssessmentState.CANCELLED)
        row.state = AssessmentState.CANCELLED
        audit.record(DevelopmentFact.ASSESSMENT_CANCELLED, row, by=None, about=row.person_id)
    asked = FeedbackRequest.state == RequestState.OPEN
    for request in db.session.scalars(_about_gone(FeedbackRequest, asked)).all():
        close_request(request, by=None)
    for plan in db.session.scalars(_about_gone(CareerPlan, CareerPlan.closed_at.is_(None))).all():
        plan.closed_at = clock.now()
        audit.record(DevelopmentFact.PLAN_CLOSED, plan, by=None, about=plan.person_id)


def _about_gone(model: Any, is_live: sa.ColumnElement[bool]) -> sa.Select[Any]:  # noqa: ANN401 - models
    """Rows about people whose last day is over, everywhere on earth."""
    yesterday = clock.today() - timedelta(days=1)
    over, stays = aliased(Employment), aliased(Employment)
    left = sa.exists().where(over.person_id == model.person_id, over.ends_on < yesterday)
    stay = sa.exists().where(
        stays.person_id == model.person_id,
        sa.or_(stays.ends_on.is_(None), stays.ends_on >= yesterday),
    )
    return sa.select(model).where(is_live, left, ~stay).order_by(model.id)
