"""How far a goal is: from what was written down or measured, no database, no clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal

from flask_babel import gettext as _

from portal.core import i18n
from portal.goals.models import Goal
from portal.goals.states import GoalState, Measure
from portal.goals.wording import amount
from portal.metrics.states import Direction


@dataclass(frozen=True)
class Figure:
    """A value of what a goal measures, on a day: of a metric the first one of its month."""

    on: date
    value: Decimal


@dataclass(frozen=True)
class Progress:
    """``percent`` from 0 to 100, ``None`` while nobody can tell; ``text`` is fit to show."""

    percent: int | None
    text: str


def progress(goal: Goal, figures: Sequence[Figure], day: date) -> Progress:
    """How far a goal is on a day, by the last of its ``figures`` (oldest first) until then.

    A goal that was closed is as far as its result says.
    """
    if goal.result is not None:
        return Progress(goal.result, _("Result: %(share)s", share=i18n.percent(goal.result / 100)))
    last = next((one for one in reversed(figures) if one.on <= day), None)
    if last is None:
        return Progress(None, _nothing_yet(goal, day))
    percent = share(goal, last.value)
    now, target = (amount(value, goal, goal.metric) for value in (last.value, goal.target))
    if goal.measure is Measure.STEPS:
        text = _("%(done)s of %(total)s steps", done=now, total=target)
    else:
        text = _("Now %(value)s, target %(target)s", value=now, target=target)
    return Progress(percent, text)


def share(goal: Goal, value: Decimal) -> int | None:
    """The way from start to target a value has gone, in whole per cent from 0 to 100.

    Only the target itself is 100: 99.6 % of the way is 99. Without a known start, as a metric
    may lack one, it is 100 or nobody can tell.
    """
    if _is_reached(goal, value):
        return 100
    if goal.start is None:
        return None
    way = (value - goal.start) / (goal.target - goal.start) * 100
    return int(min(max(way, Decimal(0)), Decimal(99)).to_integral_value(ROUND_FLOOR))


def _is_reached(goal: Goal, value: Decimal) -> bool:
    if goal.metric is not None:
        falls = goal.metric.definition.direction is Direction.LOWER
    else:
        falls = goal.start is not None and goal.target < goal.start
    return value <= goal.target if falls else value >= goal.target


def _nothing_yet(goal: Goal, day: date) -> str:
    text: str
    if day < goal.starts_on:
        text = _("Begins on %(day)s", day=i18n.date(goal.starts_on))
    elif goal.state is GoalState.AGREED and goal.measure is Measure.METRIC:
        text = _("No figure yet")
    elif goal.state is GoalState.AGREED:
        text = _("No check-in yet")
    else:
        text = _("Not begun")
    return text
