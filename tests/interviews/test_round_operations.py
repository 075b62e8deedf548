"""Rounds of a plan: added, named, ordered, removed, pinned, scheduled and decided one by one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from portal.competencies.models import Evidence
from portal.core import clock
from portal.core.errors import Refused
from portal.core.inbox import Notice
from portal.core.mail.models import OutgoingMail
from portal.hiring.states import OverrideReason, Stage
from portal.interviews import operations as op
from portal.interviews.models import Interview, PlanRound
from portal.interviews.operations.plan import content_hash
from portal.interviews.operations.rounds import MOST_ROUNDS, ONLY, SEVERAL
from portal.interviews.sidebyside import side_by_side
from portal.interviews.states import Outcome
from tests.factories import hiring, people
from tests.factories import interviews as make
from tests.factories.people import in_words

pytestmark = pytest.mark.usefixtures("clock", "db_session")


def hr() -> Any:
    return people.account(roles=["hr"])


def names(plan: Any) -> list[str]:
    return [each.name["en"] for each in plan.rounds]


def empty_round(plan: Any) -> PlanRound:
    return op.add_round(plan, by=hr())


def test_rounds_are_named_by_their_place_until_somebody_names_them() -> None:
    plan = make.plan(published=False)
    assert plan.rounds[0].name == ONLY
    op.change_round(plan.rounds[0], name=ONLY, minutes=30, panel_size=3, by=hr())
    second = empty_round(plan)
    assert names(plan) == ["First interview", "Second interview"]
    assert (second.minutes, second.panel_size) == (30, 3)
    op.change_round(second, name=in_words("Trial day"), minutes=90, panel_size=1, by=hr())
    third = empty_round(plan)
    assert names(plan) == ["First interview", "Trial day", "Third interview"]
    op.remove_round(third, by=hr())
    op.remove_round(second, by=hr())
    assert names(plan) == ["Interview"]


def test_every_default_name_is_there_in_four_languages() -> None:
    for name in (ONLY, *SEVERAL):
        assert sorted(name) == ["en", "es", "ja", "tr"]
        assert all(name.values())


def test_a_plan_has_as_many_rounds_as_a_candidate_can_be_asked_to() -> None:
    plan = make.plan(published=False)
    for _each in range(MOST_ROUNDS - 1):
        empty_round(plan)
    assert len({tuple(each.name.items()) for each in plan.rounds}) == MOST_ROUNDS
    with pytest.raises(Refused, match="the most"):
        empty_round(plan)


def test_moving_a_round_takes_its_questions_along() -> None:
    plan = make.plan(published=False, rounds=2)
    first, second = plan.rounds
    asked = [question.question_id for question in plan.questions]
    op.move_round(second, later=False, by=hr())
    assert plan.rounds == [second, first]
    assert [each.order for each in plan.rounds] == [1, 2]
    assert [question.question_id for question in plan.questions] == asked[2:] + asked[:2]
    with pytest.raises(Refused, match="at the end"):
        op.move_round(first, later=True, by=hr())


def test_neither_the_only_round_nor_one_with_questions_is_removed() -> None:
    with pytest.raises(Refused, match="at least one"):
        op.remove_round(make.plan(published=False).rounds[0], by=hr())
    with pytest.raises(Refused, match="Questions stand"):
        op.remove_round(make.plan(published=False, rounds=2).rounds[1], by=hr())


def test_the_rounds_of_a_pinned_plan_never_change() -> None:
    plan = make.plan(rounds=2)
    first, second = plan.rounds
    for attempt in (
        lambda: op.add_round(plan, by=hr()),
        lambda: op.change_round(first, name=ONLY, minutes=1, panel_size=1, by=hr()),
        lambda: op.move_round(second, later=False, by=hr()),
        lambda: op.remove_round(second, by=hr()),
    ):
        with pytest.raises(Refused, match="pinned"):
            attempt()


def test_questions_are_put_into_rounds_and_never_into_those_of_another_plan() -> None:
    plan, other = make.plan(published=False), make.plan(published=False)
    second = empty_round(plan)
    wanted = [(q.plan_competency_id, q.question_id) for q in plan.questions]
    weights = {part.id: part.weight for part in plan.competencies}

    def change(*rounds: int) -> None:
        questions = [(key, *what) for key, what in zip(rounds, wanted, strict=True)]
        op.change_plan(plan, cut=340, weights=weights, questions=questions, by=hr())

    change(second.id, plan.rounds[0].id)
    assert [[q.question_id for q in each.questions] for each in plan.rounds] == [
        [wanted[1][1]],
        [wanted[0][1]],
    ]
    assert [question.order for question in plan.questions] == [1, 2]
    with pytest.raises(Refused, match="not in the plan"):
        change(second.id, other.rounds[0].id)


def test_a_competency_of_another_plan_is_refused() -> None:
    plan, other = make.plan(published=False), make.plan(published=False)
    foreign = (plan.rounds[0].id, other.competencies[0].id, other.questions[0].question_id)
    weights = {part.id: part.weight for part in plan.competencies}
    with pytest.raises(Refused, match="another competency"):
        op.change_plan(plan, cut=340, weights=weights, questions=[foreign], by=hr())


def test_pinning_needs_a_question_in_every_round_and_pins_names_and_panels_too() -> None:
    plan = make.plan(published=False)
    empty_round(plan)
    with pytest.raises(Refused, match="Second interview") as refused:
        op.publish_plan(plan, by=hr())
    assert refused.value.field == "questions"
    before = content_hash(plan)
    op.change_round(plan.rounds[0], name=in_words("Talk"), minutes=45, panel_size=2, by=hr())
    named = content_hash(plan)
    op.change_round(plan.rounds[0], name=in_words("Talk"), minutes=45, panel_size=3, by=hr())
    assert len({before, named, content_hash(plan)}) == 3


def scene(**values: Any) -> tuple[Any, Any]:
    application = hiring.application(stage=Stage.SCREENED)
    return application, make.plan(application.posting.requisition, rounds=2, **values)


def schedule(application: Any, panel: Any = None, **values: Any) -> Interview:
    return op.schedule_interview(
        application,
        panel=panel or [make.interviewer("Mert"), make.interviewer("Selin")],
        starts_at=clock.now() + timedelta(hours=2),
        minutes=45,
        time_zone="Europe/Istanbul",
        place="Room 4",
        by=hr(),
        **values,
    )


def hold(made: Interview, *ratings: int) -> Interview:
    for card in made.scorecards:
        make.submit(card, *ratings)
    return made


def decide(made: Interview, outcome: Outcome = Outcome.ADVANCE) -> Any:
    against = side_by_side(made).mechanical is not outcome
    return op.decide(
        made,
        outcome=outcome,
        override_reason=OverrideReason.RISK if against else None,
        note="Seen" if against else "",
        by=hr(),
    )


def test_the_first_round_not_held_yet_comes_next() -> None:
    application, plan = scene()
    first = schedule(application)
    assert first.round is plan.rounds[0]
    decide(hold(first))
    assert application.stage is Stage.INTERVIEW
    second = schedule(application)
    assert second.round is plan.rounds[1]
    hold(second)
    assert application.stage is Stage.DECISION
    decide(second)
    application.stage = Stage.INTERVIEW
    with pytest.raises(Refused, match="scheduled or held already"):
        schedule(application)


def test_a_round_is_not_held_twice_but_again_after_it_was_cancelled() -> None:
    application, plan = scene()
    made = schedule(application, plan_round=plan.rounds[0])
    with pytest.raises(Refused, match="scheduled or held already") as refused:
        schedule(application, plan_round=plan.rounds[0])
    assert refused.value.field == "plan_round"
    op.cancel_interview(made, by=hr())
    assert schedule(application).round is plan.rounds[0]


def test_a_later_round_waits_for_the_decision_of_the_one_before() -> None:
    application, plan = scene()
    for attempt in (None, plan.rounds[1]):
        if attempt is None:
            first = schedule(application)
        with pytest.raises(Refused, match="has not decided yet"):
            schedule(application, plan_round=plan.rounds[1])
    hold(first)
    with pytest.raises(Refused, match="has not decided yet"):
        schedule(application)


def test_a_round_of_another_plan_is_refused() -> None:
    application, _plan = scene()
    with pytest.raises(Refused, match="not in the plan"):
        schedule(application, plan_round=make.plan().rounds[0])


def test_each_round_asks_for_a_panel_of_its_own_size() -> None:
    application, plan = scene()
    plan.rounds[1].panel_size = 3
    decide(hold(schedule(application)))
    with pytest.raises(Refused, match="panel of 3"):
        schedule(application)


def test_a_rejection_in_the_first_round_is_the_end() -> None:
    application, _plan = scene()
    decide(hold(schedule(application), 2, 2), Outcome.REJECT)
    assert application.stage is Stage.REJECTED
    with pytest.raises(Refused, match="passed screening"):
        schedule(application)


def test_an_application_moved_on_by_hand_comes_back_for_its_next_round() -> None:
    application, _plan = scene()
    made = hold(schedule(application))
    application.stage = Stage.DECISION
    decide(made)
    assert application.stage is Stage.INTERVIEW


def test_a_round_scores_only_what_it_asks_about() -> None:
    application = hiring.application(stage=Stage.SCREENED)
    plan = make.plan(application.posting.requisition, rounds=1, published=False)
    second = empty_round(plan)
    make.add_question(second, plan.competencies[0], make.question(
        plan.competencies[0].competency_version.competency
    ))  # fmt: skip
    op.publish_plan(plan, by=hr())
    decide(hold(schedule(application), 5, 3))
    last = hold(schedule(application), 4)
    view = side_by_side(last)
    assert [each.score for each in view.rounds] == [420, 400]
    assert [len(each.blocks) for each in view.rounds] == [2, 1]


def test_the_last_decision_rests_on_all_rounds_together() -> None:
    """60 % and 40 %: rounds of 4/2 and 5/5 by the same two make means of 4.5 and 3.5."""
    application, _plan = scene()
    panel = [make.interviewer("Mert"), make.interviewer("Selin")]
    first = hold(schedule(application, panel), 4, 2)
    assert decide(first, Outcome.ADVANCE).score == 320
    second = hold(schedule(application, panel), 5, 5)
    view = side_by_side(second)
    assert [each.score for each in view.rounds] == [320, 500]
    assert [score.mean for score in view.scores] == [4.5, 3.5]
    assert (view.score, view.mechanical) == (410, Outcome.ADVANCE)
    assert decide(second).score == 410
    assert side_by_side(first).score == 320


def test_every_round_writes_its_own_evidence(db_session: Any) -> None:
    application, _plan = scene()
    decide(hold(schedule(application)))
    hold(schedule(application))
    rows = db_session.execute(
        sa.select(Evidence.source_id, sa.func.count()).group_by(Evidence.source_id)
    ).all()
    assert [count for _source, count in rows] == [2, 2]


def test_mails_calendar_and_notices_name_the_round_where_there_are_several(
    db_session: Any,
) -> None:
    application, _plan = scene()
    application.language = "tr"
    made = schedule(application)
    to_candidate, to_panel = db_session.scalars(
        sa.select(OutgoingMail).order_by(OutgoingMail.id).limit(2)
    )
    assert to_candidate.subject.startswith("Birinci mülakat: ")
    for mail, name in ((to_candidate, "Birinci mülakat"), (to_panel, "First interview")):
        assert name in mail.text
        assert name in mail.html
    from portal.interviews.calendar import calendar_object

    assert "Birinci" in calendar_object(made).decode().replace("\r\n ", "")
    panel = calendar_object(made, for_panel=made.scorecards[0].account).decode()
    assert "First interview" in panel.replace("\r\n ", "")
    notice = db_session.scalars(sa.select(Notice)).first()
    assert notice.params["who"]["en"].endswith("(First interview)")


def test_one_round_needs_no_name(db_session: Any) -> None:
    application = hiring.application(stage=Stage.SCREENED)
    make.plan(application.posting.requisition)
    assert schedule(application).round_name is None
    mail = db_session.scalars(sa.select(OutgoingMail).order_by(OutgoingMail.id)).first()
    assert "Round:" not in mail.text
