"""Career plans: what cannot be, what asks for both names again, and what ends by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from portal.core import clock as portal_clock
from portal.core.db import db
from portal.core.errors import Refused
from portal.development import jobs, queries
from portal.development import operations as development
from portal.development.models import CareerPlan, PlanAction
from portal.development.operations import Agreed, Entry, Seen
from portal.development.operations.sheets import NOTE_LIMIT
from portal.development.reading import names_of
from portal.development.states import (
    AssessmentState,
    Audience,
    PlanActionKind,
    RequestState,
    Side,
)
from tests.conftest import MOMENT
from tests.factories import certification, people, programmes, training
from tests.factories import development as make

Act = Callable[[], Any]


@pytest.fixture
def pair(db_session: Any, clock: Any) -> make.Pair:
    return make.Pair()


@pytest.fixture
def plan(pair: make.Pair) -> CareerPlan:
    return make.plan(pair.person, pair.account)


def yesterday() -> Any:
    return portal_clock.today() - timedelta(days=1)


def add(
    pair: make.Pair, kind: PlanActionKind = PlanActionKind.READING, **values: Any
) -> PlanAction:
    fine = {"title": "Handbook", "due_on": portal_clock.today(), "by": pair.account}
    row = development.add_action(pair.person, kind, **(fine | values))
    db.session.flush()
    return row


def test_there_is_one_plan_at_a_time_and_its_review_lies_ahead(
    pair: make.Pair, plan: CareerPlan
) -> None:
    with pytest.raises(Refused, match="a plan already"):
        make.plan(pair.person, pair.manager)
    for change in (
        lambda: development.change_plan(
            plan, role=plan.role, review_on=yesterday(), by=pair.account
        ),
        lambda: development.start_plan(
            people.employment().person, plan.role, review_on=yesterday(), by=pair.account
        ),
    ):
        with pytest.raises(Refused, match="today or a later day") as refused:
            change()
        assert refused.value.field == "review_on"


@pytest.mark.parametrize(
    ("kind", "values", "words", "field"),
    [
        ("reading", {"title": " "}, "what there is to do", "title"),
        ("course", {"subject_id": None}, "one of the list", "course"),
        ("programme", {"subject_id": 10**6}, "one of the list", "programme"),
        ("reading", {"title": "HANDBOOK "}, "names this already", "title"),
    ],
)
def test_an_action_says_what_and_only_once(
    pair: make.Pair, plan: CareerPlan, kind: str, values: dict[str, Any], words: str, field: str
) -> None:
    add(pair)
    with pytest.raises(Refused, match=words) as refused:
        add(pair, PlanActionKind(kind), **values)
    assert refused.value.field == field


def test_days_of_actions_lie_ahead_but_an_old_one_may_stay(
    pair: make.Pair, plan: CareerPlan, clock: Any
) -> None:
    action = add(pair)
    with pytest.raises(Refused, match="today or a later day"):
        add(pair, title="Other", due_on=yesterday())
    with pytest.raises(Refused, match="today or a later day"):
        development.change_action(action, due_on=yesterday(), title="Handbook", by=pair.account)
    clock(MOMENT + timedelta(days=9))
    development.change_action(
        action, due_on=action.due_on, title="Handbook", note="Half", by=pair.account
    )
    assert action.note == "Half"


def test_the_first_action_begins_a_plan_towards_the_own_role(pair: make.Pair) -> None:
    assert add(pair).plan.role_id == pair.role.id
    gone = people.person("Gone")
    with pytest.raises(Refused, match="does not work here"):
        development.add_action(
            gone, PlanActionKind.READING, title="x", due_on=portal_clock.today(), by=pair.manager
        )


def signed(pair: make.Pair, plan: CareerPlan) -> tuple[bool, bool]:
    return plan.person_signed_at is not None, plan.manager_signed_at is not None


def test_names_are_put_once_and_under_something(pair: make.Pair, plan: CareerPlan) -> None:
    with pytest.raises(Refused, match="Put something into the plan"):
        development.sign_plan(plan, by=pair.account)
    add(pair)
    for by in (pair.account, pair.manager):
        development.sign_plan(plan, by=by)
        with pytest.raises(Refused, match="signed already"):
            development.sign_plan(plan, by=by)
    assert signed(pair, plan) == (True, True)


CHANGES: dict[str, tuple[Callable[[make.Pair, CareerPlan, PlanAction], Any], bool]] = {
    "another role": (
        lambda pair, plan, _action: development.change_plan(
            plan, role=people.role(), review_on=plan.review_on, by=pair.account
        ), True,
    ),
    "another day of review": (
        lambda pair, plan, _action: development.change_plan(
            plan, role=plan.role, review_on=plan.review_on + timedelta(days=7), by=pair.account
        ), False,
    ),
    "one thing more": (lambda pair, _plan, _action: add(pair, title="Other"), True),
    "one thing less": (
        lambda pair, _plan, action: development.drop_action(action, by=pair.account), True,
    ),
    "another day": (
        lambda pair, _plan, action: development.change_action(
            action, due_on=action.due_on + timedelta(days=7), title=action.title, by=pair.account
        ), True,
    ),
    "a note": (
        lambda pair, _plan, action: development.change_action(
            action, due_on=action.due_on, title=action.title, note="Half", by=pair.account
        ), False,
    ),
    "something done": (
        lambda pair, _plan, action: development.finish_action(action, by=pair.account), False,
    ),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_what_was_agreed_on_is_agreed_on_again(
    pair: make.Pair, plan: CareerPlan, change: str
) -> None:
    action = add(pair)
    for by in (pair.account, pair.manager):
        development.sign_plan(plan, by=by)
    make_it, asks_anew = CHANGES[change]
    make_it(pair, plan, action)
    assert signed(pair, plan) == (not asks_anew, not asks_anew)


def test_what_is_done_or_dropped_or_closed_stays(pair: make.Pair, plan: CareerPlan) -> None:
    done, dropped, open_ = add(pair, title="One"), add(pair, title="Two"), add(pair, title="Three")
    by, day = pair.account, portal_clock.today()
    development.finish_action(done, by=by)
    development.drop_action(dropped, by=by)
    for action in (done, dropped):
        steps: tuple[Act, ...] = (
            lambda action=action: development.finish_action(action, by=by),
            lambda action=action: development.drop_action(action, by=by),
            lambda action=action: development.change_action(action, due_on=day, title="x", by=by),
        )
        for step in steps:
            with pytest.raises(Refused, match="done or dropped already"):
                step()
    development.close_plan(plan, by=by)
    for step in (
        lambda: development.finish_action(open_, by=by),
        lambda: development.sign_plan(plan, by=by),
        lambda: development.close_plan(plan, by=by),
        lambda: development.change_plan(plan, role=plan.role, review_on=day, by=by),
    ):
        with pytest.raises(Refused, match="plan is closed"):
            step()


def test_what_has_a_record_of_its_own_is_not_ticked_off(pair: make.Pair, plan: CareerPlan) -> None:
    subjects = {
        PlanActionKind.COURSE: training.course("Calm calls"),
        PlanActionKind.PROGRAMME: programmes.programme("Leading"),
        PlanActionKind.CERTIFICATION: certification.certification("First aid"),
    }
    rows = [
        add(pair, kind, subject_id=row.id, title="") for kind, row in subjects.items()
    ]  # fmt: skip
    for row in rows:
        with pytest.raises(Refused, match="its own record"):
            development.finish_action(row, by=pair.account)
    assert list(names_of(rows).values()) == ["Calm calls", "Leading", "First aid"]


# --- Other ways out -------------------------------------------------------------------------------


def test_notes_have_an_end(pair: make.Pair) -> None:
    row = make.assessment(pair.person, pair.account)
    line, long = row.lines[0], "x" * (NOTE_LIMIT + 1)
    with pytest.raises(Refused, match="longer than") as refused:
        development.save_sheet(row.sheet(Side.SELF), {line.id: Entry(long, 3)}, by=pair.account)
    assert refused.value.field == f"note-{line.id}"
    problems = development.agreement_problems(row, {line.id: Agreed(3, long)})
    assert list(problems) == [f"note-{line.id}"]


def test_a_side_with_something_missing_is_not_submitted(pair: make.Pair) -> None:
    sheet = make.assessment(pair.person, pair.account).sheet(Side.SELF)
    with pytest.raises(Refused, match="Choose a sentence"):
        development.submit_sheet(sheet, by=pair.account)
    assert sheet.submitted_at is None


def test_feedback_with_something_missing_is_not_sent_and_nobody_confirms_alone(
    pair: make.Pair,
) -> None:
    giver = make.giver()
    reply = make.request(pair.person, pair.account, giver).replies[0]
    with pytest.raises(Refused, match="Give an example"):
        development.give_feedback(reply, {reply.request.topics[0].id: Seen(4)}, by=giver)
    make.answered(reply, giver)
    for by in (giver, pair.account):
        with pytest.raises(Refused, match="second person"):
            development.confirm_feedback(reply, by=by)


def test_a_colleague_is_near_by_team_by_lead_and_by_manager(pair: make.Pair) -> None:
    lead, boss = people.employment().person, people.employment().person
    pair.team.lead, pair.job.manager = lead, boss
    same = people.employment(manager=boss).person
    beside = people.employment(team=pair.team).person
    people.employment()
    db.session.flush()
    found = {one.id for one in db.session.scalars(queries.colleagues_of(pair.person))}
    chief = pair.manager.person_id
    assert found == {lead.id, boss.id, same.id, beside.id, chief}
    pair.job.manager = None
    db.session.flush()
    found = {one.id for one in db.session.scalars(queries.colleagues_of(pair.person))}
    assert found == {lead.id, beside.id, chief}
    nobody = queries.colleagues_of(people.person("Gone"))
    assert db.session.scalars(nobody).all() == []


def test_what_is_under_way_about_who_left_ends_and_about_others_goes_on(
    pair: make.Pair, plan: CareerPlan, clock: Any
) -> None:
    other = make.Pair()
    rows = [
        (make.assessment(one.person, one.account),
         make.request(one.person, one.account, audience=Audience.SHARED))
        for one in (pair, other)
    ]  # fmt: skip
    pair.job.ends_on = portal_clock.today()
    db.session.flush()
    for days, ended in ((1, False), (2, True)):
        clock(MOMENT + timedelta(days=days))
        jobs.look_after()
        (gone, asked), (stays, waits) = rows
        assert (gone.state is AssessmentState.CANCELLED) is ended
        assert (asked.state is RequestState.CLOSED) is ended
        assert (plan.closed_at is not None) is ended
        assert (stays.state, waits.state) == (AssessmentState.OPEN, RequestState.OPEN)
