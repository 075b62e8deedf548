"""Which goals wait for whom, and what a whole team's figure may tell."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from portal.core import clock
from portal.core.db import db
from portal.goals import operations, queries
from portal.goals.figures import progress_of
from portal.goals.states import GoalState, Measure
from tests.factories import goals as make
from tests.factories import metrics, people
from tests.goals.conftest import Staff

EVERYONE = ("member", "peer", "lead", "manager", "former", "stranger", "hr")


def found(who: Staff, query: Any, row: Any, *more: Any) -> list[str]:
    """Whose list a row stands in."""
    return [
        name for name in EVERYONE
        if row in db.session.scalars(query(getattr(who, name), *more)).all()
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("proposer", "waits_for"), [("member", ["lead", "manager"]), ("lead", ["member"])]
)
def test_a_proposal_and_a_change_wait_for_the_other_side(
    who: Staff, proposer: str, waits_for: list[str]
) -> None:
    by = getattr(who, proposer)
    goal = make.goal(who.person("member"), state=GoalState.PROPOSED, by=by)
    change = make.change(make.goal(who.person("member")), by=by)
    assert found(who, queries.goals_waiting_for, goal) == waits_for
    assert found(who, queries.changes_waiting_for, change) == waits_for
    operations.drop_goal(change.goal, reason="The project stopped.", by=who.lead)
    assert found(who, queries.changes_waiting_for, change) == []


def test_who_has_no_manager_waits_for_hr(who: Staff) -> None:
    goal = make.goal(who.person("manager"), state=GoalState.PROPOSED, by=who.manager)
    assert found(who, queries.goals_waiting_for, goal) == ["hr"]


def test_a_goal_that_is_over_waits_for_who_closes_it(who: Staff) -> None:
    day, over = clock.today(), {"ends_on": clock.today() - timedelta(days=1)}
    own, teams = make.goal(who.person("member"), **over), make.goal(team=who.team, **over)
    last_day = make.goal(who.person("member"), ends_on=day)
    for goal, names in ((own, ["lead", "manager"]), (teams, ["lead", "manager"]), (last_day, [])):
        assert found(who, queries.goals_over, goal, day) == names


@pytest.mark.parametrize(
    ("days", "silent"), [(29, False), (30, True), (31, True)], ids=["29", "30", "31"]
)
def test_a_goal_is_silent_thirty_days_after_its_last_word(
    who: Staff, days: int, silent: bool
) -> None:
    day = clock.today()
    goal = make.goal(who.person("member"), starts_on=day - timedelta(days=90))
    make.check_in(goal, on_day=day - timedelta(days=60))
    make.check_in(goal, on_day=day - timedelta(days=days))
    rows = db.session.execute(queries.silent_goals(who.member, day)).all()
    assert rows == ([(goal, day - timedelta(days=days))] if silent else [])
    assert db.session.execute(queries.silent_goals(who.lead, day)).all() == []


def test_a_goal_without_a_word_is_silent_from_its_first_day(who: Staff) -> None:
    day = clock.today()
    make.goal(who.person("member"), starts_on=day - timedelta(days=29))
    late = make.goal(who.person("member"), starts_on=day - timedelta(days=30))
    assert db.session.scalars(queries.silent_goals(who.member, day)).all() == [late]


@pytest.mark.parametrize(("figures", "percent"), [(3, None), (5, 50)])
def test_a_team_s_figure_counts_only_when_enough_people_make_it(
    who: Staff, figures: int, percent: int | None
) -> None:
    metric = metrics.metric()
    for number in range(figures):
        person = people.person()
        people.employment(person, team=who.team)
        metrics.value(person, metric, 80 + 2 * number, period=date(2026, 11, 1))
        metrics.value(person, metric, 99, period=date(2026, 9, 1))
    middle = 80 + figures - 1
    goal = make.goal(
        team=who.team, measure=Measure.METRIC, metric_id=metric.id, start=70,
        target=70 + 2 * (middle - 70),
    )  # fmt: skip
    db.session.refresh(goal)
    assert progress_of([goal], clock.today())[goal.id].percent == percent


def test_hr_finds_all_who_work_here_but_themself(who: Staff) -> None:
    gone = people.person()
    people.employment(gone, ends_on=date(2026, 11, 1))
    people.employment(who.person("hr"))
    day = clock.today()
    everyone = set(db.session.scalars(queries.everyone_found(who.hr, day)))
    assert everyone == set(db.session.scalars(queries.people_found(who.hr, day)))
    assert gone.id not in everyone
    assert who.hr.person_id not in everyone
    assert len(everyone) == db.session.scalar(
        sa.select(sa.func.count()).select_from(queries.people_found(who.hr, day).subquery())
    )
    assert who.member.person_id in everyone
