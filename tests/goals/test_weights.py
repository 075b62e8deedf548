"""The weights of a person's goals: a hundred per cent on any day, and no more."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.errors import Refused
from portal.goals import operations
from portal.goals.operations import heaviest
from portal.goals.states import GoalState
from tests.factories import goals as make
from tests.goals.conftest import Staff

FIRST, LAST = date(2026, 10, 1), date(2026, 12, 31)
days = st.integers(0, 30).map(lambda number: date.fromordinal(FIRST.toordinal() + number))
spans = st.lists(
    st.tuples(days, days, st.integers(1, 50)).map(lambda s: (min(s[:2]), max(s[:2]), s[2])),
    max_size=6,
)


@given(spans, days, days)
def test_the_heaviest_day_is_found(found: list[Any], one: date, two: date) -> None:
    first, last = min(one, two), max(one, two)
    every = [
        sum(w for a, b, w in found if a.toordinal() <= n <= b.toordinal())
        for n in range(first.toordinal(), last.toordinal() + 1)
    ]
    assert heaviest(found, first, last) == max(every)


def test_goals_of_other_times_do_not_count(who: Staff) -> None:
    person = who.person("member")
    make.goal(person, weight=100, starts_on=date(2026, 1, 1), ends_on=date(2026, 9, 30))
    make.goal(person, weight=90, state=GoalState.DROPPED)
    goal = operations.draft_goal(make.terms(weight=100), person=person, by=who.member)
    operations.propose_goal(goal, by=who.member)
    assert goal.state is GoalState.PROPOSED


def test_too_much_is_refused_with_the_sum_and_the_room(who: Staff) -> None:
    person = who.person("member")
    make.goal(person, weight=70)
    goal = operations.draft_goal(make.terms(weight=60), person=person, by=who.member)
    with pytest.raises(Refused) as refused:
        operations.propose_goal(goal, by=who.member)
    assert refused.value.field == "weight"
    assert "130%" in refused.value.message
    assert "30%" in refused.value.message
    assert goal.state is GoalState.DRAFT


def test_it_is_looked_at_again_when_the_other_side_agrees(who: Staff) -> None:
    person = who.person("member")
    goal = make.goal(person, weight=60, state=GoalState.PROPOSED, by=who.member)
    make.goal(person, weight=60)
    with pytest.raises(Refused, match="120%"):
        operations.agree_goal(goal, by=who.lead)


def test_a_heavier_change_is_refused(who: Staff) -> None:
    person = who.person("member")
    make.goal(person, weight=60)
    goal = make.goal(person, weight=40)
    with pytest.raises(Refused, match="110%"):
        make.change(goal, by=who.member, weight=50)
