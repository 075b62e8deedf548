"""How far a goal is: steps, numbers up and down, metrics with their direction, results."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from portal.goals.models import Goal
from portal.goals.progress import Figure, progress, share
from portal.goals.states import GoalState, Measure
from portal.metrics.models import Metric, MetricVersion
from portal.metrics.states import Direction, Unit

pytestmark = pytest.mark.once("pure, no database")
DAY = date(2026, 11, 20)


@pytest.fixture
def here(app: Flask) -> Any:
    with app.test_request_context():
        yield


def goal(**values: Any) -> Goal:
    defaults: dict[str, Any] = {
        "measure": Measure.STEPS, "start": Decimal(0), "target": Decimal(5), "unit": "",
        "state": GoalState.AGREED, "starts_on": date(2026, 10, 1), "ends_on": date(2026, 12, 31),
    }  # fmt: skip
    return Goal(**(defaults | values))


def measured(direction: Direction, **values: Any) -> Goal:
    version = MetricVersion(
        name={"en": "Satisfaction"}, unit=Unit.PERCENT, decimals=0, direction=direction
    )
    return goal(measure=Measure.METRIC, metric=Metric(current=version), **values)


def at(value: Any, day: date = date(2026, 11, 1)) -> Figure:
    return Figure(day, Decimal(value))


@pytest.mark.parametrize(
    ("start", "target", "value", "percent"),
    [
        (0, 5, 0, 0), (0, 5, 3, 60), (0, 5, 5, 100), (0, 5, 7, 100), (0, 5, -1, 0),
        (20, 40, 30, 50), (20, 40, 10, 0), (10, 4, 7, 50), (10, 4, 4, 100), (10, 4, 3, 100),
        (10, 4, 12, 0), (0, 1000, 999, 99), (0, 3, 1, 33),
    ],
)  # fmt: skip
def test_the_share_of_the_way(start: int, target: int, value: int, percent: int) -> None:
    one = goal(measure=Measure.NUMBER, start=Decimal(start), target=Decimal(target))
    assert share(one, Decimal(value)) == percent


@given(st.integers(-1000, 1000), st.integers(-1000, 1000), st.integers(-2000, 2000))
def test_a_share_lies_between_nothing_and_all(start: int, target: int, value: int) -> None:
    if start == target:
        return
    one = goal(measure=Measure.NUMBER, start=Decimal(start), target=Decimal(target))
    found = share(one, Decimal(value))
    assert found is not None
    assert 0 <= found <= 100
    reached = value >= target if target > start else value <= target
    assert (found == 100) is reached


@pytest.mark.parametrize(
    ("direction", "start", "target", "value", "percent"),
    [
        (Direction.HIGHER, 80, 90, 85, 50),
        (Direction.HIGHER, None, 90, 91, 100),
        (Direction.HIGHER, None, 90, 85, None),
        (Direction.LOWER, 400, 300, 350, 50),
        (Direction.LOWER, None, 300, 290, 100),
        (Direction.LOWER, None, 300, 310, None),
    ],
)
def test_a_metric_knows_which_way_is_better(
    direction: Direction, start: int | None, target: int, value: int, percent: int | None
) -> None:
    begins = None if start is None else Decimal(start)
    assert (
        share(measured(direction, start=begins, target=Decimal(target)), Decimal(value)) == percent
    )


def test_the_last_word_until_the_day_counts(here: Any) -> None:
    words = [at(1), at(2, date(2026, 11, 10)), at(4, date(2026, 11, 25))]
    found = progress(goal(), words, DAY)
    assert (found.percent, found.text) == (40, "2 of 5 steps")


def test_a_number_says_where_it_stands(here: Any) -> None:
    one = goal(measure=Measure.NUMBER, start=Decimal(20), target=Decimal(40), unit="calls")
    assert progress(one, [at(30)], DAY).text == "Now 30 calls, target 40 calls"
    one = measured(Direction.HIGHER, start=Decimal(80), target=Decimal(90))
    assert progress(one, [at(85)], DAY).text == "Now 85%, target 90%"


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({}, "No check-in yet"),
        ({"starts_on": date(2027, 1, 1)}, "Begins on Jan 1, 2027"),
        ({"state": GoalState.PROPOSED}, "Not begun"),
    ],
)
def test_unknown_is_not_zero(here: Any, values: dict[str, Any], text: str) -> None:
    found = progress(goal(**values), [], DAY)
    assert (found.percent, found.text) == (None, text)
    assert progress(measured(Direction.HIGHER), [], DAY).text == "No figure yet"


def test_a_result_has_the_last_word(here: Any) -> None:
    found = progress(goal(state=GoalState.PARTLY, result=60), [at(5)], DAY)
    assert (found.percent, found.text) == (60, "Result: 60%")
