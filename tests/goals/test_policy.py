"""Who may do what with a goal, in every state it can be in: one literal table."""

from __future__ import annotations

from datetime import date

import pytest

from portal.core.db import db
from portal.goals import policy
from portal.goals.states import GoalState
from tests.factories import goals as make
from tests.goals.conftest import Staff

EVERYONE = ("member", "peer", "lead", "manager", "former", "stranger", "hr")

SIDES = "member lead manager"
READERS = f"{SIDES} hr"

OWN = {
    # Written, and put forward if it was, by the person.
    GoalState.DRAFT: {"see_goal": "member", "change_goal": "member", "propose_goal": "member"},
    GoalState.PROPOSED: {
        "see_goal": READERS, "withdraw_goal": "member", "agree_goal": "lead manager",
    },
    GoalState.AGREED: {
        "see_goal": READERS, "change_goal": SIDES, "check_in": SIDES, "close_goal": "lead manager",
    },
    GoalState.PARTLY: {"see_goal": READERS},
    GoalState.DROPPED: {"see_goal": READERS},
}  # fmt: skip

TEAMS = {
    # Set by the lead: nobody has to agree, and all who work there read it.
    GoalState.DRAFT: {"see_goal": "lead", "change_goal": "lead", "propose_goal": "lead"},
    GoalState.AGREED: {
        "see_goal": "member peer lead manager hr", "change_goal": "lead manager",
        "check_in": "lead manager", "close_goal": "lead manager",
    },
    GoalState.PARTLY: {"see_goal": "member peer lead manager hr"},
}  # fmt: skip

RULES = (
    "see_goal", "change_goal", "propose_goal", "withdraw_goal", "agree_goal", "check_in",
    "close_goal",
)  # fmt: skip


def allowed(who: Staff, rule: str, row: object) -> list[str]:
    return [name for name in EVERYONE if getattr(policy, rule)(getattr(who, name), row)]


@pytest.mark.parametrize("state", OWN)
def test_a_persons_goal_is_theirs_and_their_managers(who: Staff, state: GoalState) -> None:
    goal = make.goal(who.person("member"), state=state, by=who.member)
    found = {rule: " ".join(allowed(who, rule, goal)) for rule in RULES}
    assert {rule: names for rule, names in found.items() if names} == OWN[state]


@pytest.mark.parametrize("state", TEAMS)
def test_a_teams_goal_is_its_leads(who: Staff, state: GoalState) -> None:
    goal = make.goal(team=who.team, state=state, by=who.lead)
    found = {rule: " ".join(allowed(who, rule, goal)) for rule in RULES}
    assert {rule: names for rule, names in found.items() if names} == TEAMS[state]


def test_other_terms_are_decided_by_the_other_side_and_taken_back_by_the_own(who: Staff) -> None:
    goal = make.goal(who.person("member"))
    change = make.change(goal, by=who.member)
    assert allowed(who, "decide_change", change) == ["lead", "manager"]
    assert allowed(who, "withdraw_change", change) == ["member"]
    goal.state = GoalState.DROPPED
    assert allowed(who, "decide_change", change) == []
    assert allowed(who, "withdraw_change", change) == []


def test_a_draft_is_lost_from_sight_with_the_team_one_answered_for(who: Staff) -> None:
    goal = make.goal(who.person("member"), state=GoalState.DRAFT, by=who.former)
    assert allowed(who, "see_goal", goal) == []


@pytest.mark.parametrize(
    ("rule", "names"),
    [("see_goals", READERS), ("add_goal", SIDES), ("answers_as_manager", "lead manager")],
)
def test_whose_goals_one_reads_and_adds_to(who: Staff, rule: str, names: str) -> None:
    assert " ".join(allowed(who, rule, who.person("member"))) == names


def test_hr_is_the_other_side_of_who_has_no_manager(who: Staff) -> None:
    assert allowed(who, "add_goal", who.person("manager")) == ["manager", "hr"]


def test_the_goals_of_a_team_are_read_in_it_and_below_it(who: Staff) -> None:
    assert allowed(who, "see_team_goals", who.team) == ["member", "peer", "lead", "manager", "hr"]
    assert allowed(who, "add_team_goal", who.team) == ["lead", "manager"]
    branch = who.team.parent
    assert allowed(who, "see_team_goals", branch) == ["member", "peer", "lead", "manager", "hr"]
    assert allowed(who, "add_team_goal", branch) == ["manager"]
    who.person("peer").employments[0].ends_on = date(2026, 11, 1)
    db.session.flush()
    assert allowed(who, "see_team_goals", who.team) == ["member", "lead", "manager", "hr"]


def test_the_overview_is_for_who_answers_for_somebody(who: Staff) -> None:
    names = [name for name in EVERYONE if policy.see_overview(getattr(who, name))]
    assert names == ["lead", "manager", "former", "hr"]
