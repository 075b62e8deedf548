"""Requisitions and postings in every state."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from portal.accounts.models import Account
from portal.core import clock
from portal.core.db import db
from portal.demo.calendar import days_ago
from portal.demo.cast import Cast
from portal.hiring import operations as hiring
from portal.hiring.models import Posting, Requisition
from portal.hiring.states import RequisitionReason, Tonality
from portal.interviews import operations as interviews
from portal.interviews.models import InterviewPlan
from portal.people.models import Team


class Opening(NamedTuple):
    """One requisition of the demo and how far it has come."""

    key: str
    role: str
    site: str
    openings: int
    days: int
    goal: str
    """draft, in_approval, refused, cancelled, approved, composed, fixed, open, closed"""
    tone: Tonality = Tonality.FRIENDLY


OPENINGS = (
    Opening("istanbul", "customer_service_associate", "istanbul", 6, 40, "open"),
    Opening("madrid", "customer_service_associate", "madrid", 4, 38, "open"),
    Opening("osaka", "customer_service_associate", "osaka", 3, 36, "open", Tonality.FORMAL),
    Opening("dublin", "customer_service_associate", "dublin", 3, 34, "open"),
    Opening("istanbul-senior", "senior_associate", "istanbul", 2, 30, "open"),
    Opening("madrid-lead", "team_lead", "madrid", 1, 30, "open", Tonality.FORMAL),
    Opening("dublin-spring", "customer_service_associate", "dublin", 2, 60, "closed"),
    Opening("osaka-lead", "team_lead", "osaka", 1, 55, "closed", Tonality.FORMAL),
    Opening("istanbul-lead", "team_lead", "istanbul", 1, 9, "fixed"),
    Opening("dublin-senior", "senior_associate", "dublin", 1, 7, "composed"),
    Opening("madrid-senior", "senior_associate", "madrid", 2, 6, "composed"),
    Opening("osaka-senior", "senior_associate", "osaka", 1, 5, "fixed"),
    Opening("dublin-manager", "customer_service_manager", "dublin", 1, 4, "approved"),
    Opening("madrid-more", "customer_service_associate", "madrid", 5, 2, "in_approval"),
    Opening("osaka-more", "customer_service_associate", "osaka", 2, 2, "in_approval"),
    Opening("istanbul-manager", "customer_service_manager", "istanbul", 1, 12, "refused"),
    Opening("dublin-more", "customer_service_associate", "dublin", 2, 15, "cancelled"),
    Opening("istanbul-more", "customer_service_associate", "istanbul", 3, 1, "draft"),
)
CLOSED_AFTER = 25
IN_TWO_ROUNDS = frozenset({"madrid-lead"})


def open_all(cast: Cast) -> None:
    """Play every opening up to its goal."""
    for opening in OPENINGS:
        _play(cast, opening)


def _play(cast: Cast, opening: Opening) -> None:
    with days_ago(opening.days):
        requisition = _request(cast, opening)
        if opening.goal == "draft":
            return
        _approve(cast, requisition, opening.goal)
    if opening.goal in {"in_approval", "refused", "cancelled", "approved"}:
        return
    with days_ago(opening.days - 1):
        posting = _compose(cast, requisition, opening)
    cast.postings[opening.key] = posting.id


def _request(cast: Cast, opening: Opening) -> Requisition:
    site = cast.site(opening.site)
    team = cast.team(site)
    branch = db.session.get_one(Team, team.parent_id)
    assert branch.lead is not None
    return hiring.open_requisition(
        role=cast.role(opening.role),
        site=site,
        team=team,
        hiring_manager=branch.lead,
        openings=opening.openings,
        reason=RequisitionReason.GROWTH if opening.openings > 2 else RequisitionReason.REPLACEMENT,
        wanted_start=clock.today() + timedelta(days=opening.days + 30 + 7 * opening.openings),
        by=cast.account("hr"),
    )


def _approve(cast: Cast, requisition: Requisition, goal: str) -> None:
    hr, director = cast.account("hr"), cast.account("director")
    hiring.submit_requisition(requisition, steps=[([director.id], 1)], by=hr)
    if goal == "in_approval":
        return
    if goal == "cancelled":
        hiring.cancel_requisition(requisition, by=hr)
        return
    agreed = goal != "refused"
    note = "" if agreed else "We fill this post from inside first. Come back in spring."
    hiring.decide_step(requisition.steps[0], agreed=agreed, note=note, by=director)


def _compose(cast: Cast, requisition: Requisition, opening: Opening) -> Posting:
    hr = cast.account("hr")
    local = requisition.site.language
    languages = [local, "en"] if local != "en" else ["en"]
    if opening.key == "istanbul":
        languages = ["tr", "en", "es", "ja"]
    posting = hiring.compose_posting(requisition, tone=opening.tone, languages=languages, by=hr)
    if opening.goal == "composed":
        return posting
    must_haves, weighted, cut = hiring.suggested_criteria(posting)
    hiring.fix_criteria(posting, must_haves=must_haves, weighted=weighted, cut=cut, by=hr)
    if opening.goal == "fixed":
        return posting
    hiring.change_posting(
        posting,
        languages=languages,
        employment_type=posting.employment_type,
        remote=False,
        opens_on=clock.today(),
        closes_on=clock.today() + timedelta(days=opening.days + 16 + 4 * opening.openings),
        answer_days=5,
        by=hr,
    )
    hiring.publish_posting(posting, by=hr)
    plan = interviews.make_plan(requisition, by=hr)
    if opening.key in IN_TWO_ROUNDS:
        _add_second_round(plan, by=hr)
    interviews.publish_plan(plan, by=hr)
    return posting


def _add_second_round(plan: InterviewPlan, *, by: Account) -> None:
    """A shorter second talk that asks the last third of the questions."""
    first, second = plan.rounds[0], interviews.add_round(plan, by=by)
    interviews.change_round(second, name=second.name, minutes=30, panel_size=2, by=by)
    asked = list(plan.questions)
    late = asked[-(len(asked) // 3) :]
    interviews.change_plan(
        plan,
        cut=plan.cut,
        weights={part.id: part.weight for part in plan.competencies},
        questions=[
            ((second if q in late else first).id, q.plan_competency_id, q.question_id)
            for q in asked
        ],
        by=by,
    )


def close_finished(cast: Cast) -> None:
    """Close the postings whose time is over, once their applications are in."""
    with days_ago(CLOSED_AFTER - 5):
        for opening in OPENINGS:
            if opening.goal == "closed":
                hiring.close_posting(cast.posting(opening.key), by=cast.account("hr"))
