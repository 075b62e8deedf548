"""The bench as somebody may see it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from portal.core import clock
from portal.core.db import db
from portal.people.models import Team
from portal.succession import operations
from portal.succession.board import Bench, bench_of
from portal.succession.states import Alarm, Impact, LossRisk, NominationState
from tests.factories import people, succession
from tests.factories.worlds.who import person_of

pytestmark = pytest.mark.usefixtures("db_session", "clock")


def bench(viewer: object = None, team: Team | None = None) -> Bench:
    """As HR sees it today, or somebody else."""
    db.session.expire_all()
    return bench_of(viewer or people.account(roles=["hr"]), clock.today(), team)  # type: ignore[arg-type]


def alarms(found: Bench) -> list[Alarm]:
    return [warning.alarm for row in found.rows for warning in row.warnings]


@pytest.mark.parametrize("number", [1, 3])
def test_the_bench_takes_seven_statements(count_queries: Callable[[], int], number: int) -> None:
    hr = people.account(roles=["hr"])
    for _number in range(number):
        post = succession.key_position(holder=people.person())
        succession.nomination(post)
        succession.nomination(post, level="one_to_two_years", is_emergency=True)
    db.session.commit()
    db.session.refresh(hr)
    count_queries()
    found = bench_of(hr, clock.today())
    assert [(len(one.ready), len(one.named), len(one.emergency)) for one in found.posts] == [
        (1, 2, 1)
    ] * number
    assert count_queries() == 7


def test_a_planner_sees_the_own_line_and_nothing_of_themself() -> None:
    team = people.team()
    below = succession.key_position(team=team)
    succession.nomination(succession.key_position())
    planner = people.account(
        person=people.employment().person, leads=team, roles=["manager", "planner"]
    )
    succession.nomination(below, person_of(planner))
    found = bench(planner)
    assert [row.key_position.id for row in found.rows] == [below.id]
    assert found.rows[0].successors == []


def test_hr_who_is_named_does_not_see_it() -> None:
    hr = people.account(roles=["hr"], person=people.employment().person)
    succession.nomination(succession.key_position(), person_of(hr))
    assert bench(hr).rows[0].successors == []
    assert len(bench().rows[0].successors) == 1


def test_a_manager_who_does_not_plan_sees_nothing() -> None:
    team = people.team()
    succession.key_position(team=team)
    assert bench(people.account(leads=team, roles=["manager"])).rows == []


def test_the_holder_does_not_read_what_is_said_of_the_own_position() -> None:
    holder = people.person()
    post, hr = succession.key_position(holder=holder), people.account(roles=["hr"])
    operations.assess_position(post, impact=Impact.HIGH, risk=LossRisk.LOW, by=hr)
    own = people.account(roles=["executive"], person=holder)
    assert bench(own).rows[0].assessment is None
    assert bench(hr).rows[0].assessment is not None


def test_what_waits_for_approval_is_shown_and_does_not_count() -> None:
    succession.nomination(succession.key_position(), state=NominationState.PROPOSED)
    found = bench()
    assert len(found.rows[0].successors) == 1
    assert found.coverage.covered == 0
    assert Alarm.NOBODY in alarms(found)


def test_who_has_left_counts_no_more_and_raises_an_alarm() -> None:
    job = people.employment(ends_on=clock.today() - timedelta(days=1))
    succession.nomination(succession.key_position(holder=people.person()), job.person)
    found = bench()
    assert found.coverage.covered == 0
    assert alarms(found) == [Alarm.LEFT, Alarm.NOBODY]


def test_an_empty_position_with_a_ready_successor() -> None:
    succession.nomination(succession.key_position())
    assert alarms(bench()) == [Alarm.EMPTY]


def test_old_judgements_long_waiting_and_no_action() -> None:
    long_ago = clock.today() - timedelta(days=800)
    succession.nomination(
        succession.key_position(holder=people.person()), level="one_to_two_years",
        judged_on=long_ago, level_since=long_ago,
    )  # fmt: skip
    assert alarms(bench()) == [Alarm.NONE_READY, Alarm.STALE, Alarm.STUCK, Alarm.NO_ACTION]


def test_a_plan_nobody_has_looked_at_for_a_year() -> None:
    post = succession.key_position(holder=people.person())
    succession.nomination(post)
    post.looked_at_on = clock.today() - timedelta(days=366)
    hr = people.account(roles=["hr"])
    assert alarms(bench(hr)) == [Alarm.UNREVIEWED]
    operations.confirm_plan(post, by=hr)
    assert alarms(bench(hr)) == []


def test_one_star_named_three_times() -> None:
    star = people.employment().person
    for _number in range(3):
        succession.nomination(succession.key_position(holder=people.person()), star)
    found = bench()
    assert [(person.id, times) for person, times in found.spread_thin] == [(star.id, 3)]
    assert found.coverage.simultaneous is not None
    assert round(float(found.coverage.simultaneous), 2) == 0.33


def test_a_unit_is_the_team_and_all_below_it() -> None:
    top = people.team()
    inside = succession.key_position(team=people.team(parent=top))
    succession.key_position()
    assert [row.key_position.id for row in bench(team=top).rows] == [inside.id]
