"""What cannot be done any more with a goal is refused, and says why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from portal.core.errors import Refused
from portal.goals import operations
from portal.goals.models import Goal
from portal.goals.states import ChangeState, GoalState, Measure, Standing
from portal.metrics.states import Direction
from tests.factories import goals as make
from tests.factories import metrics
from tests.goals.conftest import Staff

Act = Callable[[Goal, Staff], Any]


def _check_in(goal: Goal, who: Staff) -> None:
    operations.check_in(
        goal, on_day=date(2026, 11, 24), standing=Standing.ON_TRACK, value=Decimal(1), by=who.member
    )


ACTS: dict[str, tuple[Act, GoalState, str]] = {
    "a change": (
        lambda goal, who: make.change(goal, by=who.member),
        GoalState.PROPOSED, "Only an agreed goal can be changed",
    ),
    "a new draft": (
        lambda goal, who: operations.change_draft(goal, make.terms(), by=who.member),
        GoalState.PROPOSED, "no draft any more",
    ),
    "a proposal": (
        lambda goal, who: operations.propose_goal(goal, by=who.member),
        GoalState.DROPPED, "can't become",
    ),
    "a withdrawal": (
        lambda goal, who: operations.withdraw_goal(goal, by=who.member),
        GoalState.AGREED, "not proposed any more",
    ),
    "sending back": (
        lambda goal, who: operations.return_goal(goal, note="Smaller.", by=who.lead),
        GoalState.AGREED, "only once",
    ),
    "a check-in": (_check_in, GoalState.DONE, "agreed goals that are not closed"),
    "closing": (
        lambda goal, who: operations.close_goal(goal, result=10, outcome="So.", by=who.lead),
        GoalState.PROPOSED, "can't become",
    ),
    "dropping": (
        lambda goal, who: operations.drop_goal(goal, reason="So.", by=who.lead),
        GoalState.MISSED, "can't become",
    ),
}  # fmt: skip


@pytest.mark.parametrize("act", ACTS)
def test_too_late_or_too_early_is_refused_and_changes_nothing(who: Staff, act: str) -> None:
    do, state, words = ACTS[act]
    goal = make.goal(who.person("member"), state=state, by=who.member)
    with pytest.raises(Refused, match=words):
        do(goal, who)
    assert goal.state is state


def test_a_change_is_answered_once(who: Staff) -> None:
    change = make.change(make.goal(who.person("member")), by=who.member)
    operations.decide_change(change, agreed=True, by=who.lead)
    with pytest.raises(Refused, match="can't become"):
        operations.withdraw_change(change, by=who.member)
    with pytest.raises(Refused, match="only once"):
        operations.decide_change(change, agreed=False, answer="No.", by=who.lead)
    assert change.state is ChangeState.AGREED


def test_a_change_that_grew_too_heavy_meanwhile_is_not_agreed(who: Staff) -> None:
    member = who.person("member")
    change = make.change(make.goal(member, weight=40), by=who.member, weight=60)
    make.goal(member, weight=60)
    with pytest.raises(Refused, match="120%"):
        operations.decide_change(change, agreed=True, by=who.lead)


@pytest.mark.parametrize(
    ("direction", "start", "target", "words"),
    [
        (Direction.HIGHER, 50, 40, "Higher is better"), (Direction.HIGHER, 50, 50, "Higher"),
        (Direction.LOWER, 50, 60, "Lower is better"), (Direction.LOWER, 50, 50, "Lower"),
    ],
)  # fmt: skip
def test_a_metric_s_target_lies_on_its_better_side(
    who: Staff, direction: Direction, start: int, target: int, words: str
) -> None:
    wanted = make.terms(
        measure=Measure.METRIC, metric_id=metrics.metric(direction=direction).id,
        start=Decimal(start), target=Decimal(target),
    )  # fmt: skip
    with pytest.raises(Refused, match=words) as refused:
        operations.draft_goal(wanted, person=who.person("member"), by=who.member)
    assert refused.value.field == "metric_target"
