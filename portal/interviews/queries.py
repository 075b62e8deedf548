"""Queries around interviews; only ``panel_of`` loads ratings, behind ``policy.see_ratings``."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload, load_only, selectinload

from portal.accounts import queries as accounts
from portal.accounts.models import Account
from portal.accounts.states import AccountState
from portal.competencies.models import Competency
from portal.core.access import Viewer
from portal.hiring.models import Application, Posting, Requisition
from portal.hiring.states import Stage
from portal.interviews.models import (
    Interview,
    InterviewPlan,
    PanelDecision,
    PlanCompetency,
    PlanQuestion,
    PlanRound,
    Question,
    Scorecard,
    ScorecardAnswer,
)
from portal.interviews.states import InterviewState, ScorecardState
from portal.people.models import Role

BEFORE_PANEL = sa.bindparam(
    "before_panel",
    (Stage.INTERVIEW, Stage.DECISION),
    Application.stage.type,
    expanding=True,
    literal_execute=True,
)
"""Stages in which a panel's decision counts: in the statement's text, as the index asks for it."""


def plan_of(requisition_id: int) -> sa.Select[InterviewPlan]:
    """The plan of a requisition with its competencies, rounds and questions."""
    return plan_with_rounds(requisition_id).options(
        selectinload(InterviewPlan.competencies).joinedload(PlanCompetency.competency_version),
        selectinload(InterviewPlan.rounds).selectinload(PlanRound.questions),
        selectinload(InterviewPlan.questions),
    )


def plan_with_rounds(requisition_id: int) -> sa.Select[InterviewPlan]:
    """The plan of a requisition with its rounds."""
    return state_of_plan(requisition_id).options(selectinload(InterviewPlan.rounds))


def rounds_of(plan_id: int) -> sa.Select[PlanRound]:
    """The rounds of a plan in their order."""
    return sa.select(PlanRound).where(PlanRound.plan_id == plan_id).order_by(PlanRound.order)


def standing_of(application_id: int) -> sa.Select[Interview]:
    """The interviews of an application that are not cancelled, with their decisions."""
    return (
        sa.select(Interview)
        .where(
            Interview.application_id == application_id,
            Interview.state != InterviewState.CANCELLED,
        )
        .options(joinedload(Interview.decision))
    )


def rounds_to_hold(interview: Interview) -> sa.Select[Any]:
    """The rounds of the plan whose panel is not complete yet for this application."""
    complete = sa.select(Interview.round_id).where(
        Interview.application_id == interview.application_id,
        Interview.state == InterviewState.COMPLETE,
    )
    return sa.select(PlanRound.id).where(
        PlanRound.plan_id == interview.plan_id, PlanRound.id.not_in(complete)
    )


def state_of_plan(requisition_id: int) -> sa.Select[InterviewPlan]:
    """The plan of a requisition by itself."""
    return sa.select(InterviewPlan).where(InterviewPlan.requisition_id == requisition_id)


def missing_scorecards(interview_id: int) -> sa.Select[Any]:
    """How many of the panel have not submitted."""
    return _cards(interview_id).where(Scorecard.state != ScorecardState.SUBMITTED)


def submitted_scorecards(interview_id: int) -> sa.Select[Any]:
    """How many of the panel have submitted."""
    return _cards(interview_id).where(Scorecard.state == ScorecardState.SUBMITTED)


def _cards(interview_id: int) -> sa.Select[Any]:
    count = sa.select(sa.func.count()).select_from(Scorecard)
    return count.where(Scorecard.interview_id == interview_id)


def scheduled_interviews(application_id: int) -> sa.Select[Any]:
    """The interviews of an application that are still to be held or scored."""
    return sa.select(Interview).where(
        Interview.application_id == application_id, Interview.state == InterviewState.SCHEDULED
    )


def card_with_script(card_id: int) -> sa.Select[Scorecard]:
    """A scorecard with the questions, anchors and answers its page shows."""
    # Inner joins: for an outer one SQLite first puts every interview together with its round.
    interview = joinedload(Scorecard.interview, innerjoin=True)
    return (
        sa.select(Scorecard)
        .where(Scorecard.id == card_id)
        .options(
            selectinload(Scorecard.answers),
            _role_of(interview.joinedload(Interview.application, innerjoin=True)),
            interview.joinedload(Interview.decision),
            interview.joinedload(Interview.round)
            .selectinload(PlanRound.questions)
            .joinedload(PlanQuestion.plan_competency)
            .joinedload(PlanCompetency.competency_version),
        )
    )


WITH_ANSWERS = (
    selectinload(Scorecard.answers),
    joinedload(Scorecard.interview, innerjoin=True)
    .joinedload(Interview.round, innerjoin=True)
    .selectinload(PlanRound.questions)
    .load_only(PlanQuestion.id),
)
"""What a draft is checked against: while it is saved, on SQLite all others who write wait."""


def panel_of(interview_id: int) -> sa.Select[Interview]:
    """An interview with every scorecard and answer, for the panel page of a complete panel."""
    return (
        sa.select(Interview)
        .where(Interview.id == interview_id)
        .options(
            *_everything_said(),
            _role_of(joinedload(Interview.application)),
            joinedload(Interview.plan).options(
                selectinload(InterviewPlan.competencies).joinedload(
                    PlanCompetency.competency_version
                ),
            ),
        )
    )


def complete_rounds(interview: Interview) -> sa.Select[Interview]:
    """The complete panels of the interview's application, with everything said in them."""
    return (
        sa.select(Interview)
        .where(
            Interview.application_id == interview.application_id,
            Interview.state == InterviewState.COMPLETE,
        )
        .options(*_everything_said())
    )


def _everything_said() -> tuple[Any, ...]:
    """Loading options: each scorecard with its answers, the questions, and the decision."""
    cards = selectinload(Interview.scorecards)
    return (
        cards.joinedload(Scorecard.account),
        cards.selectinload(Scorecard.answers).joinedload(ScorecardAnswer.plan_question),
        cards.selectinload(Scorecard.amendments),
        joinedload(Interview.decision),
        joinedload(Interview.round).selectinload(PlanRound.questions),
    )


def interviews_of(application_id: int) -> sa.Select[Interview]:
    """The interviews of an application, newest first."""
    return (
        sa.select(Interview)
        .where(Interview.application_id == application_id)
        .options(
            selectinload(Interview.scorecards).joinedload(Scorecard.account),
            joinedload(Interview.decision),
        )
        .order_by(Interview.starts_at.desc())
    )


def cards_of(
    viewer: Viewer, *, since: datetime | sa.ColumnElement[datetime]
) -> sa.Select[Scorecard]:
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
            _names_of(
                contains_eager(Scorecard.interview).joinedload(
                    Interview.application, innerjoin=True
                )
            )
        )
        .order_by(Interview.starts_at, Scorecard.id)
    )


def awaiting_decision() -> sa.Select[Interview]:
    """Complete panels without a decision, oldest first; none of candidates who are out or hired."""
    return (
        sa.select(Interview)
        .join(Interview.application)
        .outerjoin(Interview.decision)
        .where(
            Application.stage.in_(BEFORE_PANEL),
            Interview.state == InterviewState.COMPLETE,
            PanelDecision.id.is_(None),
        )
        # Only what a list shows: all of them are sorted, and applications carry long texts.
        .options(
            load_only(Interview.revealed_at),
            contains_eager(Interview.application).load_only(
                Application.given_name, Application.family_name, Application.language
            ),
        )
        .order_by(Interview.revealed_at)
    )


def coming_interviews(now: datetime) -> sa.Select[Any]:
    """Every interview still to come, with its panel."""
    return (
        sa.select(Interview)
        .where(Interview.state == InterviewState.SCHEDULED, Interview.starts_at >= now)
        .options(
            _names_of(joinedload(Interview.application, innerjoin=True)),
            selectinload(Interview.scorecards)
            .load_only(Scorecard.interview_id, Scorecard.account_id)
            .joinedload(Scorecard.account, innerjoin=True)
            .load_only(Account.display_name),
        )
    )


def _names_of(application: Any) -> Any:  # noqa: ANN401 - a loading option
    """Only what a list shows: applications, postings and roles carry long texts in JSON."""
    posting = application.load_only(
        Application.given_name, Application.family_name, Application.language
    ).joinedload(Application.posting, innerjoin=True)
    requisition = posting.load_only(Posting.id).joinedload(Posting.requisition, innerjoin=True)
    role = requisition.load_only(Requisition.id).joinedload(Requisition.role, innerjoin=True)
    return role.load_only(Role.title)


def _role_of(application: Any) -> Any:  # noqa: ANN401 - a loading option
    requisition = application.joinedload(Application.posting).joinedload(Posting.requisition)
    return requisition.joinedload(Requisition.role)


def local_day(moment: datetime, time_zone: str) -> date:
    """The calendar day of a moment in a zone."""
    return moment.astimezone(ZoneInfo(time_zone)).date()


def possible_panel(application: Application) -> sa.Select[Any]:
    """Who can be asked to interview: interviewers, HR, managers and team leads, by name."""
    return (
        sa.select(Account)
        .where(
            Account.state == AccountState.ACTIVE,
            Account.person_id != application.person_id,
            sa.or_(
                *(accounts.holding(role) for role in ("interviewer", "hr", "manager")),
                sa.cast(Account.led_paths, sa.Text) != "[]",
            ),
        )
        .order_by(Account.display_name, Account.id)
    )


def competencies_with_names() -> sa.Select[Any]:
    """Every competency in its order, with its present wording."""
    return (
        sa.select(Competency)
        .options(joinedload(Competency.current))
        .order_by(Competency.order, Competency.id)
    )


def bank() -> sa.Select[Any]:
    """The questions of the bank, to be ordered by competency."""
    return sa.select(Question).join(Question.competency)


def bank_for(plan: InterviewPlan) -> sa.Select[Any]:
    """The questions a plan can ask: active ones about its competencies, and those it asks."""
    about = [part.competency_version.competency_id for part in plan.competencies]
    asked = [question.question_id for question in plan.questions]
    return (
        sa.select(Question)
        .where(
            Question.competency_id.in_(about),
            sa.or_(Question.is_active, Question.id.in_(asked)),
        )
        .order_by(Question.competency_id, Question.kind, Question.id)
    )
