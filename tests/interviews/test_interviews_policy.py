"""Who may do what, as a literal table."""

from __future__ import annotations

from typing import Any

import pytest

from portal.core.documents import Document
from portal.hiring.states import Stage
from portal.interviews import operations as op
from portal.interviews import policy
from portal.interviews.states import Outcome
from tests.factories import hiring, people
from tests.factories import interviews as make

pytestmark = pytest.mark.usefixtures("clock")

VIEWERS = ("panel", "other", "associate", "lead", "manager", "hr", "executive", "admin")

INTERVIEW_RULES = {
    # rule, state of the interview: who may
    ("see_interview", "scheduled"): {"panel", "lead", "manager", "hr"},
    ("see_interview", "complete"): {"panel", "lead", "manager", "hr"},
    ("see_interview", "cancelled"): {"panel", "lead", "manager", "hr"},
    ("arrange", "scheduled"): {"lead", "manager", "hr"},
    ("arrange", "complete"): set(),
    ("arrange", "cancelled"): set(),
    ("see_ratings", "scheduled"): set(),
    ("see_ratings", "one in"): set(),
    ("see_ratings", "complete"): {"panel", "hr"},
    ("see_ratings", "decided"): {"panel", "hr"},
    ("see_ratings", "cancelled"): set(),
    ("decide", "scheduled"): set(),
    ("decide", "one in"): set(),
    ("decide", "complete"): {"hr"},
    ("decide", "decided"): set(),
    ("decide", "cancelled"): set(),
    ("print_record", "complete"): set(),
    ("print_record", "decided"): {"hr"},
}
CARD_RULES = {
    ("fill_scorecard", "scheduled"): {"panel"},
    ("fill_scorecard", "one in"): {"panel"},
    ("fill_scorecard", "complete"): {"panel"},
    ("fill_scorecard", "cancelled"): set(),
    ("amend_scorecard", "scheduled"): set(),
    ("amend_scorecard", "one in"): {"panel"},
    ("amend_scorecard", "complete"): {"panel"},
    ("amend_scorecard", "decided"): set(),
    ("amend_scorecard", "cancelled"): set(),
}


def interview_in(state: str, viewers: dict[str, Any], posting: Any) -> Any:
    """An interview of this posting with ``panel`` on it; "one in" is that person's scorecard."""
    application = hiring.application(posting, stage=Stage.INTERVIEW)
    made = make.interview(application, panel=[viewers["panel"], make.interviewer()])
    if state == "cancelled":
        op.cancel_interview(made, by=viewers["hr"])
    if state in {"one in", "complete", "decided"}:
        make.submit(made.scorecards[0])
    if state in {"complete", "decided"}:
        make.submit(made.scorecards[1])
    if state == "decided":
        op.decide(made, outcome=Outcome.ADVANCE, override_reason=None, note="", by=viewers["hr"])
    return made


@pytest.fixture
def scene(db_session: Any) -> tuple[dict[str, Any], Any]:
    """An account of each kind, and a posting whose team and manager are among them."""
    boss, manager = people.person("Lena"), people.person("Mete")
    team = people.team(lead=boss)
    posting = hiring.posting(requisition=hiring.requisition(team=team, hiring_manager=manager))
    return {
        "panel": make.interviewer(),
        "other": make.interviewer(),
        "associate": people.account(),
        "lead": people.account(person=boss, leads=team),
        "manager": people.account(person=manager, roles=["manager"]),
        "hr": people.account(roles=["hr"]),
        "executive": people.account(roles=["executive"]),
        "admin": people.account(roles=["admin"]),
    }, posting


@pytest.mark.parametrize(("rule", "state"), INTERVIEW_RULES)
def test_rules_of_an_interview(scene: Any, rule: str, state: str) -> None:
    viewers, posting = scene
    made = interview_in(state, viewers, posting)
    may = {who for who in VIEWERS if getattr(policy, rule)(viewers[who], made)}
    assert may == INTERVIEW_RULES[rule, state]


@pytest.mark.parametrize(("rule", "state"), CARD_RULES)
def test_rules_of_a_scorecard(scene: Any, rule: str, state: str) -> None:
    viewers, posting = scene
    card = interview_in(state, viewers, posting).scorecards[0]
    may = {who for who in VIEWERS if getattr(policy, rule)(viewers[who], card)}
    assert may == CARD_RULES[rule, state]


@pytest.mark.parametrize(
    ("rule", "published", "expected"),
    [
        ("see_plan", False, {"manager", "hr"}),
        ("see_plan", True, {"manager", "hr"}),
        ("change_plan", False, {"manager", "hr"}),
        ("change_plan", True, set()),
    ],
)
def test_rules_of_a_plan(scene: Any, rule: str, published: bool, expected: set[str]) -> None:
    viewers, posting = scene
    plan = make.plan(posting.requisition, published=published)
    assert {who for who in VIEWERS if getattr(policy, rule)(viewers[who], plan)} == expected


def test_rules_around_a_requisition_an_application_the_bank_and_the_paper(scene: Any) -> None:
    viewers, posting = scene
    application = hiring.application(posting)
    asked = {
        "make_plan": (posting.requisition, {"manager", "hr"}),
        "schedule": (application, {"lead", "manager", "hr"}),
        "read_record": (Document(), {"hr"}),
    }
    for rule, (row, expected) in asked.items():
        assert {w for w in VIEWERS if getattr(policy, rule)(viewers[w], row)} == expected, rule
    assert {who for who in VIEWERS if policy.curate_questions(viewers[who])} == {"hr"}


def test_the_manager_and_lead_of_another_team_see_nothing(scene: Any) -> None:
    viewers, posting = scene
    made = interview_in("complete", viewers, posting)
    foreign = people.team()
    lead = people.account(leads=foreign)
    manager = people.account(roles=["manager"])
    for stranger in (lead, manager):
        assert not policy.see_interview(stranger, made)
        assert not policy.see_plan(stranger, made.plan)
        assert not policy.schedule(stranger, made.application)
