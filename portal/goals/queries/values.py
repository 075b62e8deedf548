"""The values goals are measured by: check-ins, people's figures, and those of whole teams."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from portal.goals.models import Goal, GoalCheckIn
from portal.metrics import queries as metrics
from portal.metrics.models import MetricValue
from portal.people.models import Employment, Team
from portal.people.queries import within
from portal.people.queries.employments import covering


def typed_figures(goal_ids: Collection[int]) -> sa.Select[*tuple[Any, ...]]:
    """The values written down at check-ins, oldest first: goal_id, on_day, value."""
    return (
        sa.select(GoalCheckIn.goal_id, GoalCheckIn.on_day, GoalCheckIn.value)
        .where(GoalCheckIn.goal_id.in_(goal_ids), GoalCheckIn.value.is_not(None))
        .order_by(GoalCheckIn.on_day, GoalCheckIn.id)
    )


def metric_figures(
    person_ids: Collection[int], metric_ids: Collection[int], first: date, last: date
) -> sa.Select[*tuple[Any, ...]]:
    """Figures of people in these months, oldest first: person_id, metric_id, period, value."""
    return (
        sa.select(
            MetricValue.person_id, MetricValue.metric_id, MetricValue.period, MetricValue.value
        )
        .where(
            MetricValue.person_id.in_(person_ids),
            MetricValue.metric_id.in_(metric_ids),
            MetricValue.period.between(first, last),
            metrics.current(),
        )
        .order_by(MetricValue.period)
    )


def team_figures(
    goals: Sequence[Goal], day: date, first: date, last: date, least: int
) -> sa.CompoundSelect[*tuple[Any, ...]]:
    """The figures of whole teams, those employed there on a day together, for each goal.

    Rows of goal_id, period and value, oldest first; months with fewer than ``least`` people are
    left out: they would tell each what a colleague has.
    """
    return sa.union_all(*(_of_team(goal, day, first, last, least) for goal in goals)).order_by(
        "period"
    )


def _of_team(
    goal: Goal, day: date, first: date, last: date, least: int
) -> sa.Select[*tuple[Any, ...]]:
    assert goal.team is not None
    assert goal.metric_id is not None
    members = (
        sa.select(Employment.person_id)
        .join(Team, Team.id == Employment.team_id)
        .where(within(Team.path, goal.team.path), covering(day))
    )
    found = metrics.together_by_period(members, [goal.metric_id], first, last).subquery()
    return sa.select(
        sa.literal(goal.id).label("goal_id"), found.c.period.label("period"), found.c.value
    ).where(found.c.figures >= least)
