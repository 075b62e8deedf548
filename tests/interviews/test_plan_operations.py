"""Making, changing and pinning plans, and the question bank."""

from __future__ import annotations

from typing import Any

import pytest

from portal.core.errors import Refused
from portal.interviews import operations as op
from portal.interviews.models import Question
from portal.interviews.states import PlanState, QuestionKind, QuestionLevel
from tests.factories import competencies as library
from tests.factories import hiring, people
from tests.factories import interviews as make
from tests.factories.people import in_words

pytestmark = pytest.mark.usefixtures("clock")


def hr() -> Any:
    return people.account(roles=["hr"])


def test_a_plan_takes_competencies_and_weights_from_the_role(db_session: Any) -> None:
    requisition = hiring.requisition()
    light, heavy, unweighted = (library.competency() for _ in range(3))
    for competency, weight in ((light, 30), (heavy, 70), (unweighted, 0)):
        library.requirement(requisition.role, competency, level=4, weight=weight)
        make.question(competency)
        make.question(competency, kind=QuestionKind.SITUATIONAL)
    plan = op.make_plan(requisition, by=hr())
    assert [(p.competency_version, p.weight, p.required_level) for p in plan.competencies] == [
        (heavy.current, 70, 4),
        (light.current, 30, 4),
    ]
    assert [question.kind for question in plan.questions] == [
        QuestionKind.BEHAVIOURAL,
        QuestionKind.SITUATIONAL,
    ] * 2
    assert [question.order for question in plan.questions] == [1, 2, 3, 4]


def test_leads_are_asked_questions_for_leads(db_session: Any) -> None:
    requisition = hiring.requisition(role=people.role(level=3))
    competency = library.competency()
    library.requirement(requisition.role, competency)
    make.question(competency)
    wanted = make.question(competency, level=QuestionLevel.LEAD)
    plan = op.make_plan(requisition, by=hr())
    assert plan.questions[0].question_id == wanted.id


def test_retired_questions_are_not_asked(db_session: Any) -> None:
    requisition = hiring.requisition()
    competency = library.competency()
    library.requirement(requisition.role, competency)
    make.question(competency, is_active=False)
    assert op.make_plan(requisition, by=hr()).questions == []


def test_a_requisition_has_one_plan(db_session: Any) -> None:
    plan = make.plan()
    with pytest.raises(Refused, match="already"):
        op.make_plan(plan.requisition, by=hr())


def test_a_role_that_asks_for_nothing_has_no_plan(db_session: Any) -> None:
    with pytest.raises(Refused, match="competencies the role asks for"):
        op.make_plan(hiring.requisition(), by=hr())


def change(plan: Any, **values: Any) -> None:
    parts = plan.competencies
    asked = [(q.round_id, q.plan_competency_id, q.question_id) for q in plan.questions]
    terms: dict[str, Any] = {
        "cut": 350,
        "weights": {part.id: part.weight for part in parts},
        "questions": asked,
    }
    op.change_plan(plan, by=hr(), **(terms | values))


def test_changing_sets_numbers_weights_and_the_order_of_questions(db_session: Any) -> None:
    plan = make.plan(published=False)
    first, second = plan.competencies
    asked = [(q.round_id, q.plan_competency_id, q.question_id) for q in plan.questions]
    change(plan, weights={first.id: 20, second.id: 80}, questions=asked[::-1])
    assert plan.cut == 350
    assert [part.weight for part in plan.competencies] == [20, 80]
    assert [q.question_id for q in plan.questions] == [asked[1][2], asked[0][2]]


@pytest.mark.parametrize("weights", [(60, 41), (60, 39), (0, 0)])
def test_weights_must_come_to_a_hundred(db_session: Any, weights: tuple[int, int]) -> None:
    plan = make.plan(published=False)
    first, second = plan.competencies
    with pytest.raises(Refused) as refused:
        change(plan, weights={first.id: weights[0], second.id: weights[1]})
    assert refused.value.field == "weights"


def test_no_question_is_asked_twice_or_under_another_competency(db_session: Any) -> None:
    plan = make.plan(published=False)
    first, second = ((q.round_id, q.plan_competency_id, q.question_id) for q in plan.questions)
    with pytest.raises(Refused, match="twice"):
        change(plan, questions=[first, first])
    with pytest.raises(Refused, match="another competency"):
        change(plan, questions=[(*first[:2], second[2])])


def test_a_pinned_plan_never_changes(db_session: Any) -> None:
    plan = make.plan()
    with pytest.raises(Refused, match="pinned"):
        change(plan)
    with pytest.raises(Refused, match="pinned"):
        op.publish_plan(plan, by=hr())


def test_pinning_needs_a_question_for_every_weight(db_session: Any) -> None:
    plan = make.plan(published=False)
    asked = plan.questions[0]
    change(plan, questions=[(asked.round_id, asked.plan_competency_id, asked.question_id)])
    with pytest.raises(Refused) as refused:
        op.publish_plan(plan, by=hr())
    assert refused.value.field == "questions"


def test_pinning_needs_weights_of_a_hundred(db_session: Any) -> None:
    plan = make.plan(weights=(60, 30), published=False)
    with pytest.raises(Refused) as refused:
        op.publish_plan(plan, by=hr())
    assert refused.value.field == "weights"


def test_a_pinned_plan_keeps_its_wording_and_has_its_own_fingerprint(db_session: Any) -> None:
    plan, other = make.plan(published=False), make.plan(published=False)
    for each in (plan, other):
        op.publish_plan(each, by=hr())
    assert plan.state is PlanState.PUBLISHED
    assert len(plan.content_hash) == 64
    assert plan.content_hash != other.content_hash
    question = db_session.get(Question, plan.questions[0].question_id)
    before = plan.questions[0].text
    op.change_question(
        question, text=in_words("Other words"), probes=[], listen_for=[], is_active=True, by=hr()
    )
    db_session.flush()
    assert plan.questions[0].text == before


def test_a_question_of_ones_own_can_be_added_and_retired(db_session: Any) -> None:
    added = op.add_to_bank(
        competency=library.competency(),
        kind=QuestionKind.SITUATIONAL,
        level=QuestionLevel.ASSOCIATE,
        text=in_words("Why?"),
        probes=[in_words("And then?")],
        listen_for=[],
        by=hr(),
    )
    assert added.is_active
    op.change_question(added, text=added.text, probes=[], listen_for=[], is_active=False, by=hr())
    assert not added.is_active
