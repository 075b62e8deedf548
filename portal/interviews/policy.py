"""Who may see and do what; nobody sees another's ratings before the panel is complete."""

from __future__ import annotations

from portal.accounts.models import Account
from portal.core.access import Viewer
from portal.core.documents import Document
from portal.hiring import policy as hiring
from portal.hiring.models import Application, Requisition
from portal.interviews.models import Interview, InterviewPlan, PlanRound, Question, Scorecard
from portal.interviews.states import InterviewState, PlanState, ScorecardState


def sits_on(viewer: Account, interview: Interview) -> bool:
    """One of the panel."""
    return any(card.account_id == viewer.id for card in interview.scorecards)


def is_about(viewer: Account, interview: Interview) -> bool:
    """Whether the viewer is the one who was interviewed."""
    return interview.application.person_id == viewer.person_id


def make_plan(viewer: Account, requisition: Requisition) -> bool:
    """HR and the hiring manager of the requisition."""
    return viewer.has_role("hr") or requisition.hiring_manager_id == viewer.person_id


def see_plan(viewer: Account, plan: InterviewPlan) -> bool:
    """HR and the hiring manager of the requisition."""
    return make_plan(viewer, plan.requisition)


def change_plan(viewer: Account, plan: InterviewPlan) -> bool:
    """Whoever sees it, until it is pinned."""
    return see_plan(viewer, plan) and plan.state is PlanState.DRAFT


def change_round(viewer: Account, plan_round: PlanRound) -> bool:
    """Whoever changes its plan."""
    return change_plan(viewer, plan_round.plan)


def schedule(viewer: Account, application: Application) -> bool:
    """Whoever works on the application; the operation says at which stage."""
    return hiring.work_on(viewer, application)


def arrange(viewer: Account, interview: Interview) -> bool:
    """Move or cancel: whoever works on the application, while the interview lies ahead."""
    return (
        hiring.work_on(viewer, interview.application)
        and interview.state is InterviewState.SCHEDULED
    )


def see_interview(viewer: Account, interview: Interview) -> bool:
    """The panel, and whoever works on the application: time, place, who has submitted."""
    return sits_on(viewer, interview) or hiring.work_on(viewer, interview.application)


def see_ratings(viewer: Account, interview: Interview) -> bool:
    """The panel and HR, only when every scorecard is in, and never the one interviewed.

    Who sits on the next round's panel too sees them again when that one is complete.
    """
    if interview.state is not InterviewState.COMPLETE or is_about(viewer, interview):
        return False
    if viewer.has_role("hr"):
        return True
    return sits_on(viewer, interview) and not any(
        each.state is InterviewState.SCHEDULED and sits_on(viewer, each)
        for each in interview.beside
    )


def decide(viewer: Account, interview: Interview) -> bool:
    """HR, once the panel is complete and as long as nothing is decided."""
    undecided = interview.decision is None
    return undecided and viewer.has_role("hr") and see_ratings(viewer, interview)


def print_record(viewer: Account, interview: Interview) -> bool:
    """HR, once the panel has decided."""
    decided = interview.decision is not None
    return decided and viewer.has_role("hr") and not is_about(viewer, interview)


def fill_scorecard(viewer: Account, card: Scorecard) -> bool:
    """Its interviewer alone, as long as the interview stands."""
    return card.account_id == viewer.id and card.interview.state is not InterviewState.CANCELLED


def amend_scorecard(viewer: Account, card: Scorecard) -> bool:
    """Its interviewer, after submitting and before the decision."""
    undecided = card.interview.decision is None
    return fill_scorecard(viewer, card) and card.state is ScorecardState.SUBMITTED and undecided


def curate_questions(viewer: Account) -> bool:
    """HR keeps the question bank."""
    return viewer.has_role("hr")


def curate_question(viewer: Account, question: Question) -> bool:  # noqa: ARG001 - any question
    """HR keeps the question bank."""
    return curate_questions(viewer)


def read_record(viewer: Viewer, document: Document) -> bool:  # noqa: ARG001 - any record
    """HR; the paper holds every note and rating."""
    return viewer.has_role("hr")
