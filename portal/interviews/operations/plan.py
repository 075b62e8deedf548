"""Make, change and pin the plan that every candidate of a requisition is interviewed by."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.competencies.models import RoleRequirement
from portal.core import audit, clock
from portal.core.db import db
from portal.core.errors import Refused
from portal.hiring.models import Requisition
from portal.interviews.models import InterviewPlan, PlanCompetency, PlanQuestion, Question
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
                add_question(plan, part, question)


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


def add_question(plan: InterviewPlan, part: PlanCompetency, question: Question) -> None:
    """Copy a question of the bank to the end of the plan."""
    plan.questions.append(
        PlanQuestion(
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
    minutes: int,
    panel_size: int,
    cut: int,
    weights: Mapping[int, int],
    questions: Sequence[tuple[int, int]],
    by: Account,
) -> None:
    """Set length, panel size, cut (hundredths), weights by plan competency id, and the questions.

    ``questions`` are pairs (plan competency id, question id) in the order they are asked.

    Raises:
        Refused: if the plan is pinned, the weights don't sum to 100, or a question is asked twice.
    """
    if plan.state is PlanState.PUBLISHED:
        raise Refused(_("The plan is pinned: everyone is asked the same."))
    _require_whole(weights.values())
    if len({question for _part, question in questions}) != len(questions):
        raise Refused(_("A question stands in the plan twice."), field="questions")
    plan.minutes, plan.panel_size, plan.cut = minutes, panel_size, cut
    parts = {part.id: part for part in plan.competencies}
    for key, part in parts.items():
        part.weight = weights.get(key, 0)
    plan.questions.clear()
    db.session.flush()
    for part_id, question_id in questions:
        question = db.session.get_one(Question, question_id)
        if question.competency_id != parts[part_id].competency_version.competency_id:
            raise Refused(_("This question asks about another competency."), field="questions")
        add_question(plan, parts[part_id], question)
    audit.record(InterviewFact.PLAN_CHANGED, plan, by=by)


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
            weight has no question.
    """
    if plan.state is PlanState.PUBLISHED:
        raise Refused(_("The plan is pinned: everyone is asked the same."))
    asked = {question.plan_competency_id for question in plan.questions}
    _require_whole(part.weight for part in plan.competencies)
    bare = [part for part in plan.competencies if part.weight and part.id not in asked]
    if bare:
        raise Refused(_("Every competency with a weight needs a question."), field="questions")
    plan.state, plan.published_at = PlanState.PUBLISHED, clock.now()
    plan.content_hash = content_hash(plan)
    audit.record(InterviewFact.PLAN_PUBLISHED, plan, by=by)


def content_hash(plan: InterviewPlan) -> str:
    """SHA-256 over everything the plan pins."""
    parts = [
        (p.competency_version.content_hash, p.weight, p.required_level) for p in plan.competencies
    ]
    questions = [(q.plan_competency.order, q.text, q.probes) for q in plan.questions]
    content = [plan.minutes, plan.panel_size, plan.cut, parts, questions]
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
