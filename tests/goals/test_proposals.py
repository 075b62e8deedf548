"""One side proposes and the other agrees; changes keep the old; parents tie no knot."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from portal.core.db import db
from portal.core.errors import Refused
from portal.core.inbox.models import Notice
from portal.goals import operations, policy, queries
from portal.goals.states import ChangeState, GoalState, Measure, Standing
from portal.goals.terms import Terms
from portal.metrics.states import Direction
from tests.factories import goals as make
from tests.factories import metrics
from tests.goals.conftest import Staff


def told(account: Any) -> list[str]:
    return list(db.session.scalars(sa.select(Notice.kind).where(Notice.account_id == account.id)))


def proposed(who: Staff, by: Any, **values: Any) -> Any:
    goal = operations.draft_goal(make.terms(**values), person=who.person("member"), by=by)
    operations.propose_goal(goal, by=by)
    return goal


def test_the_person_proposes_and_the_manager_agrees(who: Staff) -> None:
    goal = proposed(who, who.member)
    assert told(who.lead) == ["goals.proposed_by"]
    with pytest.raises(Refused, match="other side"):
        operations.agree_goal(goal, by=who.member)
    operations.agree_goal(goal, by=who.lead)
    assert (goal.state, goal.agreed_by_id) == (GoalState.AGREED, who.lead.id)
    assert told(who.member) == ["goals.goal_agreed"]
    with pytest.raises(Refused):
        operations.agree_goal(goal, by=who.lead)


def test_the_manager_proposes_and_only_the_person_agrees(who: Staff) -> None:
    goal = proposed(who, who.lead)
    assert told(who.member) == ["goals.proposed_to_you"]
    for other in (who.lead, who.manager, who.hr, who.peer):
        with pytest.raises(Refused, match="other side"):
            operations.agree_goal(goal, by=other)
    operations.agree_goal(goal, by=who.member)
    assert goal.state is GoalState.AGREED


def test_sending_back_needs_a_word_and_makes_it_a_draft_again(who: Staff) -> None:
    goal = proposed(who, who.member)
    with pytest.raises(Refused, match="should be different"):
        operations.return_goal(goal, note=" ", by=who.lead)
    operations.return_goal(goal, note="Smaller, please.", by=who.lead)
    assert (goal.state, goal.returned) == (GoalState.DRAFT, "Smaller, please.")
    assert told(who.member) == ["goals.goal_returned"]
    operations.change_draft(goal, make.terms(weight=10), by=who.member)
    operations.propose_goal(goal, by=who.member)
    assert (goal.state, goal.returned) == (GoalState.PROPOSED, "")


def test_what_is_withdrawn_is_a_draft_and_can_go(who: Staff) -> None:
    goal = proposed(who, who.member)
    with pytest.raises(Refused, match="Only a draft"):
        operations.discard_draft(goal, by=who.member)
    operations.withdraw_goal(goal, by=who.member)
    operations.discard_draft(goal, by=who.member)
    assert db.session.scalars(queries.goals_of(who.member.person_id, who.member)).all() == []


def test_hr_stands_in_only_where_there_is_no_manager(who: Staff) -> None:
    goal = make.goal(who.person("manager"), state=GoalState.PROPOSED, by=who.manager)
    operations.agree_goal(goal, by=who.hr)
    assert goal.state is GoalState.AGREED
    other = make.goal(who.person("member"), state=GoalState.PROPOSED, by=who.member)
    assert not policy.agree_goal(who.hr, other)


def test_a_teams_goal_is_in_force_at_once(who: Staff) -> None:
    goal = operations.draft_goal(make.terms(weight=0), team=who.team, by=who.lead)
    operations.propose_goal(goal, by=who.lead)
    assert goal.state is GoalState.AGREED
    change = make.change(goal, by=who.lead)
    assert (change.state, goal.title) == (ChangeState.AGREED, "Help everybody")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"ends_on": date(2026, 9, 1)}, "ends_on"),
        ({"measure": Measure.NUMBER, "start": Decimal(5)}, "target"),
        ({"parent_id": 10**6}, "parent"),
    ],
)
def test_terms_that_do_not_fit_are_refused(who: Staff, values: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refused:
        operations.draft_goal(make.terms(**values), person=who.person("member"), by=who.member)
    assert refused.value.field == field


def test_a_metric_starts_from_the_last_figure_before(who: Staff) -> None:
    member = who.person("member")
    metric = metrics.metric()
    metrics.value(member, metric, 82, period=date(2026, 9, 1))
    metrics.value(member, metric, 85, period=date(2026, 10, 1))
    wanted = {"measure": Measure.METRIC, "metric_id": metric.id, "start": None}
    goal = proposed(who, who.member, target=Decimal(90), **wanted)
    assert goal.start == 82
    easy = proposed(who, who.member, target=Decimal(80), **wanted)
    assert easy.start is None


def test_a_metric_that_falls_needs_a_lower_target(who: Staff) -> None:
    metric = metrics.metric(direction=Direction.LOWER)
    wanted = make.terms(
        measure=Measure.METRIC, metric_id=metric.id, start=Decimal(50), target=Decimal(60)
    )
    with pytest.raises(Refused, match="Lower is better"):
        operations.draft_goal(wanted, person=who.person("member"), by=who.member)


def test_a_goal_contributes_to_own_team_and_managers_goals_only(who: Staff) -> None:
    member = who.person("member")
    leads, teams = make.goal(who.person("lead")), make.goal(team=who.team)
    peers = make.goal(who.person("peer"))
    for by, parent, fine in (
        (who.lead, leads, True), (who.member, teams, True), (who.member, leads, False),
        (who.member, peers, False), (who.lead, peers, False),
    ):  # fmt: skip
        wanted = make.terms(parent_id=parent.id)
        if fine:
            assert operations.draft_goal(wanted, person=member, by=by).parent_id == parent.id
        else:
            with pytest.raises(Refused, match="Choose a goal of"):
                operations.draft_goal(wanted, person=member, by=by)


def test_who_contributes_to_a_managers_goal_already_may_choose_it_again(who: Staff) -> None:
    member, leads = who.person("member"), make.goal(who.person("lead"))
    make.goal(member, parent_id=leads.id)
    wanted = make.terms(parent_id=leads.id)
    assert operations.draft_goal(wanted, person=member, by=who.member).parent_id == leads.id


def test_goals_tie_no_knot(who: Staff) -> None:
    member = who.person("member")
    top = make.goal(member, state=GoalState.AGREED)
    below = make.goal(member, parent_id=top.id)
    with pytest.raises(Refused, match="contribute to itself"):
        make.change(top, by=who.member, parent_id=below.id)
    with pytest.raises(Refused, match="contribute to itself"):
        make.change(top, by=who.member, parent_id=top.id)


def test_a_change_waits_and_the_old_terms_stay_to_be_read(who: Staff) -> None:
    goal = make.goal(who.person("member"), title="Help two")
    change = make.change(goal, by=who.member, weight=30)
    assert (goal.title, goal.weight, told(who.lead)) == ("Help two", 20, ["goals.change"])
    with pytest.raises(Refused, match="waits for an answer"):
        make.change(goal, by=who.lead)
    with pytest.raises(Refused, match="other side"):
        operations.decide_change(change, agreed=True, by=who.member)
    operations.decide_change(change, agreed=True, by=who.lead)
    assert (goal.title, goal.weight) == ("Help everybody", 30)
    assert Terms.from_json(change.before).title == "Help two"
    assert told(who.member) == ["goals.change_agreed"]


def test_a_change_can_be_declined_with_a_word_or_withdrawn(who: Staff) -> None:
    goal = make.goal(who.person("member"))
    title = goal.title
    change = make.change(goal, by=who.lead)
    with pytest.raises(Refused, match="why not"):
        operations.decide_change(change, agreed=False, by=who.member)
    operations.decide_change(change, agreed=False, answer="Too late.", by=who.member)
    db.session.refresh(goal)
    other = make.change(goal, by=who.lead)
    operations.withdraw_change(other, by=who.lead)
    assert (change.state, other.state) == (ChangeState.DECLINED, ChangeState.WITHDRAWN)
    assert goal.title == title


def test_a_change_that_changes_nothing_or_has_no_reason_is_refused(who: Staff) -> None:
    goal = make.goal(who.person("member"))
    with pytest.raises(Refused, match="Nothing would change"):
        operations.propose_change(goal, Terms.of(goal), reason="So.", by=who.member)
    with pytest.raises(Refused, match="why the goal"):
        operations.propose_change(goal, make.terms(), reason="", by=who.member)


def test_terms_survive_the_history() -> None:
    one = make.terms(why="Customers", start=None, target=Decimal("4.5"), metric_id=7,
                     measure=Measure.METRIC)  # fmt: skip
    assert Terms.from_json(one.to_json()) == one


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"on_day": date(2026, 11, 25)}, "on_day"), ({"on_day": date(2026, 9, 1)}, "on_day"),
        ({"value": None}, "value"), ({"value": Decimal(6)}, "value"),
        ({"value": Decimal("1.5")}, "value"), ({"standing": Standing.AT_RISK}, "note"),
    ],
)  # fmt: skip
def test_a_check_in_must_make_sense(who: Staff, values: dict[str, Any], field: str) -> None:
    goal = make.goal(who.person("member"))
    fine = {"on_day": date(2026, 11, 24), "value": Decimal(2), "standing": Standing.ON_TRACK}
    with pytest.raises(Refused) as refused:
        operations.check_in(goal, **(fine | values), by=who.member)
    assert refused.value.field == field


def test_the_manager_hears_of_trouble(who: Staff) -> None:
    goal = make.goal(who.person("member"))
    operations.check_in(
        goal, on_day=date(2026, 11, 24), value=Decimal(1), standing=Standing.OFF_TRACK,
        note="No time.", by=who.member,
    )  # fmt: skip
    assert told(who.lead) == ["goals.in_trouble"]


def test_a_metric_is_never_typed_in(who: Staff) -> None:
    metric = metrics.metric()
    goal = make.goal(who.person("member"), measure=Measure.METRIC, metric_id=metric.id)
    with pytest.raises(Refused, match="read by itself"):
        operations.check_in(
            goal, on_day=date(2026, 11, 24), value=Decimal(99), standing=Standing.ON_TRACK,
            by=who.member,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("result", "state"),
    [(100, GoalState.DONE), (99, GoalState.PARTLY), (1, GoalState.PARTLY), (0, GoalState.MISSED)],
)
def test_the_manager_closes_with_a_result(who: Staff, result: int, state: GoalState) -> None:
    goal = make.goal(who.person("member"))
    change = make.change(goal, by=who.member)
    with pytest.raises(Refused, match="what came of it"):
        operations.close_goal(goal, result=result, outcome="", by=who.lead)
    operations.close_goal(goal, result=result, outcome="Well done.", by=who.lead)
    assert (goal.state, goal.result) == (state, result)
    assert change.state is ChangeState.DECLINED
    assert told(who.member) == ["goals.goal_closed"]


def test_nobody_closes_their_own_goal(who: Staff) -> None:
    goal = make.goal(who.person("member"))
    with pytest.raises(Refused, match="Nobody closes"):
        operations.close_goal(goal, result=100, outcome="Great.", by=who.member)


def test_dropping_needs_a_reason_and_ends_it(who: Staff) -> None:
    goal = make.goal(who.person("member"))
    with pytest.raises(Refused, match="why the goal is dropped"):
        operations.drop_goal(goal, reason=" ", by=who.lead)
    operations.drop_goal(goal, reason="The project stopped.", by=who.lead)
    assert (goal.state, goal.result) == (GoalState.DROPPED, None)
    with pytest.raises(Refused):
        operations.close_goal(goal, result=10, outcome="x", by=who.lead)
