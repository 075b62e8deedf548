"""Make, change and pin the plan that every candidate of a requisition is interviewed by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.competencies.models import RoleRequirement
from portal.core import audit, clock
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.fingerprints import fingerprint
from portal.core.i18n import words
from portal.hiring.models import Requisition
from portal.interviews.models import (
    InterviewPlan,
    PlanCompetency,
    PlanQuestion,
    PlanRound,
    Question,
)
from portal.interviews.operations.rounds import lock_draft, start_round
from portal.interviews.states import InterviewFact, PlanState, QuestionKind, QuestionLevel

LEAD_LEVEL = 3
DOUBLED = 2


def make_plan(requisition: Requisition, *, by: Account) -> InterviewPlan:
    """Draft a plan from what the role asks for: its competencies and weights, with questions.

    Each competency gets a question about past behaviour; the two heaviest a situational one too.

    Raises:
        Refused: if the requisition has a plan already, or its role asks for no competency.
    """
    if db.session.scalar(sa.select(InterviewPlan).filter_by(requisition_id=requisition.id)):
        raise Refused(_("This requisition has an interview plan already."))
    asked = list(db.session.scalars(_requirements(requisition.role_id)))
    asked = [requirement for requirement in asked if requirement.competency.current]
    if not asked:
        raise Refused(_("First say which competencies the role asks for."))
    plan = InterviewPlan(requisition=requisition, created_at=clock.now())
    db.session.add(plan)
    start_round(plan)
    for number, requirement in enumerate(asked, 1):
        plan.competencies.append(
            PlanCompetency(
                competency_version=requirement.competency.current,
                required_level=requirement.level,
                weight=requirement.weight,
                order=number,
            )
        )
    db.session.flush()
    _choose_questions(plan, requisition.role.level)
    audit.record(InterviewFact.PLAN_MADE, plan, by=by)
    return plan


def _requirements(role_id: int) -> sa.Select[RoleRequirement]:
    return (
        sa.select(RoleRequirement)
        .where(RoleRequirement.role_id == role_id, RoleRequirement.weight > 0)
        .order_by(RoleRequirement.weight.desc(), RoleRequirement.id)
    )


def _choose_questions(plan: InterviewPlan, role_level: int) -> None:
    for place, part in enumerate(plan.competencies):
        kinds = [QuestionKind.BEHAVIOURAL]
        if place < DOUBLED:
            kinds.append(QuestionKind.SITUATIONAL)
        for kind in kinds:
            if question := _suiting_question(part, kind, role_level):
                add_question(plan.rounds[0], part, question)


def _suiting_question(part: PlanCompetency, kind: QuestionKind, role_level: int) -> Question | None:
    wanted = QuestionLevel.LEAD if role_level >= LEAD_LEVEL else QuestionLevel.ASSOCIATE
    return db.session.scalar(
        sa.select(Question)
        .where(
            Question.competency_id == part.competency_version.competency_id,
            Question.is_active,
        )
        .order_by(Question.kind != kind, Question.level != wanted, Question.key)
        .limit(1)
    )


def add_question(plan_round: PlanRound, part: PlanCompetency, question: Question) -> None:
    """Copy a question of the bank to the end of a round; call it round by round."""
    plan = plan_round.plan
    plan.questions.append(
        PlanQuestion(
            round=plan_round,
            plan_competency=part,
            question_id=question.id,
            kind=question.kind,
            text=question.text,
            probes=question.probes,
            listen_for=question.listen_for,
            order=len(plan.questions) + 1,
        )
    )


def change_plan(
    plan: InterviewPlan,
    *,
    cut: int,
    weights: Mapping[int, int],
    questions: Sequence[tuple[int, int, int]],
    by: Account,
) -> None:
    """Set the cut (hundredths), the weights by plan competency id, and the questions.

    ``questions`` are (round id, plan competency id, question id), in a round's order.

    Raises:
        Refused: if the plan is pinned, the weights don't sum to 100, a question is asked twice,
            or a round or competency is not of this plan.
    """
    lock_draft(plan)
    _require_whole(weights.values())
    if len({question for *_where, question in questions}) != len(questions):
        raise Refused(_("A question stands in the plan twice."), field="questions")
    parts = {part.id: part for part in plan.competencies}
    rounds = {each.id: each for each in plan.rounds}
    if not {key for key, *_what in questions} <= rounds.keys():
        raise Refused(_("This round is not in the plan."), field="questions")
    plan.cut = cut
    for key, part in parts.items():
        part.weight = weights.get(key, 0)
    plan.questions.clear()
    db.session.flush()
    for each in plan.rounds:
        db.session.expire(each, ["questions"])
    for round_id, part_id, question_id in sorted(questions, key=lambda q: rounds[q[0]].order):
        question = db.session.get_one(Question, question_id)
        add_question(rounds[round_id], _asks_about(question, parts.get(part_id)), question)
    audit.record(InterviewFact.PLAN_CHANGED, plan, by=by)


def _asks_about(question: Question, part: PlanCompetency | None) -> PlanCompetency:
    if part is None or question.competency_id != part.competency_version.competency_id:
        raise Refused(_("This question asks about another competency."), field="questions")
    return part


def _require_whole(weights: Iterable[int]) -> None:
    total = sum(weights)
    if total != 100:
        raise Refused(
            _("The weights come to %(sum)s %%; they must come to 100 %%.", sum=total),
            field="weights",
        )


def publish_plan(plan: InterviewPlan, *, by: Account) -> None:
    """Pin the plan: from now on its competencies, questions and weights never change.

    Raises:
        Refused: if it is pinned already, the weights don't sum to 100, or a competency with
            weight or a round has no question.
    """
    lock_draft(plan)
    asked = {question.plan_competency_id for question in plan.questions}
    _require_whole(part.weight for part in plan.competencies)
    bare = [part for part in plan.competencies if part.weight and part.id not in asked]
    if bare:
        raise Refused(_("Every competency with a weight needs a question."), field="questions")
    filled = {question.round_id for question in plan.questions}
    for empty in (each for each in plan.rounds if each.id not in filled):
        name = words(empty.name)
        raise Refused(_("No question stands in the round “%(round)s”.", round=name), "questions")
    plan.state, plan.published_at = PlanState.PUBLISHED, clock.now()
    plan.content_hash = content_hash(plan)
    audit.record(InterviewFact.PLAN_PUBLISHED, plan, by=by)


def content_hash(plan: InterviewPlan) -> str:
    """The fingerprint of everything the plan pins."""
    parts = [
        (p.competency_version.content_hash, p.weight, p.required_level) for p in plan.competencies
    ]
    rounds = [
        (each.name, each.minutes, each.panel_size, [_pinned(q) for q in each.questions])
        for each in plan.rounds
    ]
    return fingerprint([plan.cut, parts, rounds])


def _pinned(question: PlanQuestion) -> tuple[object, ...]:
    return (question.plan_competency.order, question.text, question.probes, question.listen_for)
