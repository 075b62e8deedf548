"""Who may do what in development: literal tables, role × state; former managers keep nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from portal.core import clock as portal_clock
from portal.core.db import db
from portal.development import operations as development
from portal.development import policy
from portal.development.states import AssessmentState, Audience, PlanActionKind, ReplyState, Side
from tests.factories import competencies, people, training
from tests.factories import development as make
from tests.page import PageClient

EVERYONE = ("own", "manager", "above", "former", "peer", "hr", "executive")
Who = dict[str, Any]


@pytest.fixture
def pair(db_session: Any, clock: Any) -> make.Pair:
    return make.Pair(people.team(parent=people.team()))


@pytest.fixture
def who(pair: make.Pair) -> Who:
    before = people.person("Former")
    people.employment(
        pair.person, manager=before, starts_on=date(2024, 1, 1), ends_on=date(2025, 12, 31)
    )
    return {
        "own": pair.account, "manager": pair.manager,
        "above": people.account(leads=pair.team.parent),
        "former": people.account(person=before, roles=["manager"]),
        "peer": people.account(person=people.employment(team=pair.team).person),
        "hr": people.account(roles=["hr"]), "executive": people.account(roles=["executive"]),
    }  # fmt: skip


def names(who: Who, rule: str, row: object) -> str:
    return " ".join(name for name in EVERYONE if getattr(policy, rule)(who[name], row))


def allowed(who: Who, rules: tuple[str, ...], row: object) -> dict[str, str]:
    found = {rule: names(who, rule, row) for rule in rules}
    return {rule: by for rule, by in found.items() if by}


MANAGERS, SIDES, READERS = "manager above", "own manager above", "own manager above hr"
KEEPERS = "manager above hr"


@pytest.mark.parametrize(
    ("rule", "here", "gone"),
    [
        ("see_development", READERS, "own hr"), ("open_assessment", READERS, ""),
        ("ask_feedback", SIDES, ""), ("start_plan", SIDES, ""),
        ("print_passport", "own hr", "own hr"),
    ],
)  # fmt: skip
def test_whose_development_it_is(
    who: Who, pair: make.Pair, rule: str, here: str, gone: str
) -> None:
    assert names(who, rule, pair.person) == here
    pair.job.ends_on = date(2026, 11, 1)
    db.session.flush()
    assert names(who, rule, pair.person) == gone


ASSESSMENTS = {
    AssessmentState.OPEN: {"see_assessment": READERS, "cancel_assessment": KEEPERS},
    AssessmentState.COMPLETE: {
        "see_assessment": READERS, "read_answers": READERS, "plan_talk": SIDES,
        "agree_levels": MANAGERS, "cancel_assessment": KEEPERS,
    },
    AssessmentState.AGREED: {"see_assessment": READERS, "read_answers": READERS},
    AssessmentState.CANCELLED: {"see_assessment": READERS, "read_answers": READERS},
}  # fmt: skip
OF_ASSESSMENTS = (
    "see_assessment", "read_answers", "plan_talk", "agree_levels", "cancel_assessment",
)  # fmt: skip


@pytest.mark.parametrize("state", AssessmentState)
def test_who_does_what_with_an_assessment(
    who: Who, pair: make.Pair, state: AssessmentState
) -> None:
    blind = state is AssessmentState.OPEN
    row = (
        make.assessment(pair.person, pair.account) if blind
        else make.complete(pair.person, pair.account, pair.manager)
    )  # fmt: skip
    with db.session.no_autoflush:
        row.state = state
        found = allowed(who, OF_ASSESSMENTS, row)
    db.session.expire(row)
    assert found == ASSESSMENTS[state]


def test_what_was_called_off_before_both_were_in_stays_shut(who: Who, pair: make.Pair) -> None:
    row = make.assessment(pair.person, pair.account)
    make.filled(row.sheet(Side.SELF), pair.account)
    development.cancel_assessment(row, by=pair.manager)
    assert names(who, "read_answers", row) == ""


def test_each_fills_the_own_side_and_a_manager_is_not_pushed_aside(
    who: Who, pair: make.Pair
) -> None:
    row = make.assessment(pair.person, pair.account)
    assert names(who, "fill_sheet", row.sheet(Side.SELF)) == "own"
    assert names(who, "fill_sheet", row.sheet(Side.MANAGER)) == MANAGERS
    make.filled(row.sheet(Side.MANAGER), pair.manager)
    db.session.expire_all()
    assert names(who, "fill_sheet", row.sheet(Side.MANAGER)) == "manager"
    row.state = AssessmentState.CANCELLED
    assert names(who, "fill_sheet", row.sheet(Side.SELF)) == ""


def test_a_file_is_its_sides_until_both_are_in(who: Who, pair: make.Pair) -> None:
    row = make.assessment(pair.person, pair.account)
    sheet = row.sheet(Side.MANAGER)
    file = development.add_file(sheet, make.stored(), by=pair.manager)
    db.session.flush()
    assert names(who, "read_file", file) == names(who, "remove_file", file) == "manager"
    make.filled(sheet, pair.manager)
    assert names(who, "remove_file", file) == ""
    make.filled(row.sheet(Side.SELF), pair.account)
    db.session.refresh(row)
    assert names(who, "read_file", file) == READERS


@pytest.mark.parametrize(
    ("audience", "found"),
    [
        (Audience.SHARED, {"see_request": READERS, "close_request": SIDES}),
        (Audience.PRIVATE, {"see_request": "own", "close_request": "own"}),
    ],
)
def test_who_reads_a_request_for_feedback(
    who: Who, pair: make.Pair, audience: Audience, found: dict[str, str]
) -> None:
    row = make.request(pair.person, pair.account, audience=audience)
    assert allowed(who, ("see_request", "close_request"), row) == found
    development.close_request(row, by=pair.account)
    assert names(who, "close_request", row) == ""


REPLIES = {
    # (audience, state, whether a level was given): rule -> who
    (Audience.SHARED, ReplyState.ASKED): {
        "see_reply": f"{SIDES} peer hr", "give_feedback": "peer", "decline_feedback": "peer",
    },
    (Audience.SHARED, ReplyState.ANSWERED): {
        "see_reply": f"{SIDES} peer hr", "give_feedback": "peer", "confirm_feedback": MANAGERS,
    },
    (Audience.PRIVATE, ReplyState.ANSWERED): {"see_reply": "own peer", "give_feedback": "peer"},
}  # fmt: skip


@pytest.mark.parametrize(("audience", "state"), REPLIES)
def test_who_reads_and_confirms_an_answer(
    who: Who, pair: make.Pair, audience: Audience, state: ReplyState
) -> None:
    row = make.request(pair.person, pair.account, who["peer"], audience=audience)
    (reply,) = row.replies
    if state is ReplyState.ANSWERED:
        make.answered(reply, who["peer"])
    rules = ("see_reply", "give_feedback", "decline_feedback", "confirm_feedback")
    assert allowed(who, rules, reply) == REPLIES[audience, state]


def test_nobody_confirms_what_they_said_themself(who: Who, pair: make.Pair) -> None:
    row = make.request(pair.person, pair.account, pair.manager)
    reply = make.answered(row.replies[0], pair.manager)
    assert names(who, "confirm_feedback", reply) == "above"


def test_a_plan_is_read_and_kept_by_both_sides(who: Who, pair: make.Pair) -> None:
    plan = make.plan(pair.person, pair.account)
    kept = {"see_plan": READERS, "change_plan": SIDES, "close_plan": SIDES}
    rules = (*kept, "sign_plan")
    assert allowed(who, rules, plan) == kept
    action = make.action(pair.person, pair.account)
    course = training.course()
    linked = development.add_action(
        pair.person, PlanActionKind.COURSE, subject_id=course.id,
        due_on=portal_clock.today(), by=pair.account,
    )  # fmt: skip
    db.session.flush()
    assert allowed(who, rules, plan) == kept | {"sign_plan": SIDES}
    assert names(who, "change_action", linked) == names(who, "finish_action", action) == SIDES
    assert names(who, "finish_action", linked) == ""
    development.sign_plan(plan, by=pair.account)
    assert names(who, "sign_plan", plan) == MANAGERS
    development.finish_action(action, by=pair.account)
    assert names(who, "change_action", action) == ""
    development.close_plan(plan, by=pair.account)
    assert allowed(who, rules, plan) == {"see_plan": READERS}


# --- Costs ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("reader", "path", "cost"),
    [
        ("own", "/my/development", 14), ("manager", "/development/people/{person}", 13),
        ("peer", "/development/replies/{reply}", 5),
    ],
)  # fmt: skip
def test_the_pages_of_a_person_cost_the_same_with_one_row_and_with_three(
    client: PageClient, who: Who, pair: make.Pair, count_queries: Callable[[], int], reader: str,
    path: str, cost: int, number: int,
) -> None:  # fmt: skip
    for at in range(number):
        make.action(pair.person, pair.account)
        one = make.complete(pair.person, pair.account, pair.manager)
        development.cancel_assessment(one, by=pair.manager)
        request = make.request(
            pair.person, pair.account, *(make.giver() for _one in range(number)),
            *([who["peer"]] if at == 0 else []),
            about=[competencies.competency() for _one in range(number)],
        )  # fmt: skip
        if at == 0:
            reply = next(one for one in request.replies if one.giver_id == who["peer"].person_id)
    db.session.commit()
    browser, url = client.as_(who[reader]), path.format(person=pair.person.id, reply=reply.id)
    browser.get(url)
    count_queries()
    assert browser.get(url).status == 200
    assert (path, count_queries()) == (path, cost)
