"""The figures of goals, read for many at once, and how far each goal therefore is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from portal.core.db import db
from portal.goals import queries
from portal.goals.models import Goal
from portal.goals.progress import Figure, Progress, progress
from portal.metrics import periods
from portal.metrics import queries as metrics
from portal.people.discretion import smallest_group

Found = dict[int, list[Figure]]


def progress_of(goals: Sequence[Goal], day: date) -> dict[int, Progress]:
    """How far each goal is on a day, by its id: three statements at most."""
    found = figures_of(goals, day)
    return {goal.id: progress(goal, found.get(goal.id, ()), day) for goal in goals}


def figures_of(goals: Sequence[Goal], day: date) -> Found:
    """What is known of each goal until a day, oldest first, by the goal's id.

    A metric's figures are those of the months the goal lies in, whoever wrote anything down.
    """
    found: Found = {}
    typed = [goal.id for goal in goals if goal.metric_id is None]
    if typed:
        for goal_id, on_day, value in db.session.execute(queries.typed_figures(typed)):
            found.setdefault(goal_id, []).append(Figure(on_day, value))
    measured = [goal for goal in goals if goal.metric_id is not None]
    _add_own(found, [goal for goal in measured if goal.person_id is not None], day)
    _add_teams(found, [goal for goal in measured if goal.team_id is not None], day)
    return found


def _add_own(found: Found, goals: Sequence[Goal], day: date) -> None:
    if not goals:
        return
    people = {goal.person_id for goal in goals if goal.person_id is not None}
    asked = {goal.metric_id for goal in goals if goal.metric_id is not None}
    rows = db.session.execute(queries.metric_figures(people, asked, *_months(goals, day)))
    known: dict[tuple[int, int], list[Figure]] = {}
    for person_id, metric_id, period, value in rows:
        known.setdefault((person_id, metric_id), []).append(Figure(period, value))
    for goal in goals:
        own = known.get((goal.person_id or 0, goal.metric_id or 0), [])
        found[goal.id] = [one for one in own if _is_within(goal, one)]


def _add_teams(found: Found, goals: Sequence[Goal], day: date) -> None:
    if not goals:
        return
    months = _months(goals, day)
    rows = db.session.execute(queries.team_figures(goals, day, *months, smallest_group()))
    by_id = {goal.id: goal for goal in goals}
    for goal_id, period, value in rows:
        figure = Figure(period, value)
        if _is_within(by_id[goal_id], figure):
            found.setdefault(goal_id, []).append(figure)


def _months(goals: Sequence[Goal], day: date) -> tuple[date, date]:
    return periods.month_of(min(goal.starts_on for goal in goals)), periods.month_of(day)


def _is_within(goal: Goal, figure: Figure) -> bool:
    return periods.month_of(goal.starts_on) <= figure.on <= goal.ends_on


def figure_before(person_id: int, metric_id: int, day: date) -> Decimal | None:
    """A person's last figure of the months before a day: where a goal of theirs starts from."""
    until = periods.month_of(day) - timedelta(days=1)
    row = db.session.execute(metrics.latest_values([person_id], [metric_id], until)).first()
    return row.value if row else None
