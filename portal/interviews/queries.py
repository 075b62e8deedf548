"""Queries around interviews; ratings are loaded only by ``panel_of``, behind ``policy.see_ratings``."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from portal.core.access import Viewer
from portal.hiring.models import Application, Posting, Requisition
from portal.interviews.models import (
    Interview,
    InterviewPlan,
    PlanCompetency,
    PlanQuestion,
    Scorecard,
    ScorecardAnswer,
)
from portal.interviews.states import InterviewState, ScorecardState


def plan_of(requisition_id: int) -> sa.Select[InterviewPlan]:
    """The plan of a requisition with its competencies and questions."""
    return (
        sa.select(InterviewPlan)
        .where(InterviewPlan.requisition_id == requisition_id)
        .options(
            selectinload(InterviewPlan.competencies).joinedload(PlanCompetency.competency_version),
            selectinload(InterviewPlan.questions),
        )
    )


def missing_scorecards(interview_id: int) -> sa.Select[int]:
    """How many of the panel have not submitted."""
    return (
        sa.select(sa.func.count())
        .select_from(Scorecard)
        .where(
            Scorecard.interview_id == interview_id, Scorecard.state != ScorecardState.SUBMITTED
        )
    )


def card_with_script(card_id: int) -> sa.Select[Scorecard]:
    """A scorecard with the questions, anchors and answers its page shows."""
    plan = joinedload(Scorecard.interview).joinedload(Interview.plan)
    return (
        sa.select(Scorecard)
        .where(Scorecard.id == card_id)
        .options(
            selectinload(Scorecard.answers),
            plan.selectinload(InterviewPlan.questions)
            .joinedload(PlanQuestion.plan_competency)
            .joinedload(PlanCompetency.competency_version),
        )
    )


def panel_of(interview_id: int) -> sa.Select[Interview]:
    """An interview with every scorecard and answer, for the panel page of a complete panel."""
    cards = selectinload(Interview.scorecards)
    return (
        sa.select(Interview)
        .where(Interview.id == interview_id)
        .options(
            cards.joinedload(Scorecard.account),
            cards.selectinload(Scorecard.answers).joinedload(ScorecardAnswer.plan_question),
            cards.selectinload(Scorecard.amendments),
        )
    )


def interviews_of(application_id: int) -> sa.Select[Interview]:
    """The interviews of an application, newest first."""
    return (
        sa.select(Interview)
        .where(Interview.application_id == application_id)
        .options(selectinload(Interview.scorecards).joinedload(Scorecard.account))
        .order_by(Interview.starts_at.desc())
    )


def cards_of(viewer: Viewer, *, since: datetime) -> sa.Select[Scorecard]:
    """The viewer's scorecards: open ones, and those of interviews from ``since`` on, by time."""
    return (
        sa.select(Scorecard)
        .join(Scorecard.interview)
        .where(
            Scorecard.account_id == viewer.id,
            Interview.state != InterviewState.CANCELLED,
            sa.or_(Scorecard.state == ScorecardState.DRAFT, Interview.starts_at >= since),
        )
        .options(
            joinedload(Scorecard.interview)
            .joinedload(Interview.application)
            .joinedload(Application.posting)
            .joinedload(Posting.requisition)
            .joinedload(Requisition.role)
        )
        .order_by(Interview.starts_at, Scorecard.id)
    )


def awaiting_decision() -> sa.Select[Interview]:
    """Complete panels without a decision, oldest first."""
    return (
        sa.select(Interview)
        .outerjoin(Interview.decision)
        .where(Interview.state == InterviewState.COMPLETE, Interview.decision == None)  # noqa: E711
        .options(joinedload(Interview.application))
        .order_by(Interview.revealed_at)
    )
