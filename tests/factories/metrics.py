"""Rows of metrics with sensible defaults; flushed, never committed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from portal.core import clock
from portal.metrics.models import Metric, MetricTarget, MetricValue
from portal.metrics.operations import Terms, publish_metric
from portal.metrics.states import Direction, MetricState, Unit
from portal.people.models import Person
from tests.factories.people import added, in_words
from tests.factories.people import person as someone

_number = count(1)


def terms(**values: Any) -> Terms:
    """Per cent, more is better, judged from 30 cases on."""
    defaults: dict[str, Any] = {
        "name": in_words(f"Satisfaction {next(_number)}"),
        "formula": in_words("Good answers divided by all answers."),
        "unit": Unit.PERCENT,
        "direction": Direction.HIGHER,
        "lowest": Decimal(1),
        "highest": Decimal(100),
        "source": {"en": "Survey"},
    }
    return Terms(**(defaults | values))


def metric(key: str = "", *, state: MetricState = MetricState.IN_USE, **values: Any) -> Metric:
    row = publish_metric(key or f"metric_{next(_number)}", terms(**values), by=None).metric
    row.state = state
    return row


def target(metric: Metric, wanted: int | Decimal = 85, **values: Any) -> MetricTarget:
    """A target of everyone since 2020, close from 80 on."""
    defaults: dict[str, Any] = {
        "metric": metric,
        "threshold": Decimal(80),
        "target": Decimal(wanted),
        "starts_on": date(2020, 1, 1),
    }
    return added(MetricTarget(**(defaults | values)))


def value(
    person: Person | None = None, metric_: Metric | None = None, number: Any = 87, **values: Any
) -> MetricValue:
    """A person's figure of October 2026 from a hundred cases."""
    measured = metric_ or metric()
    defaults: dict[str, Any] = {
        "person": person or someone(),
        "metric": measured,
        "measured_under": measured.definition,
        "period": date(2026, 10, 1),
        "value": None if number is None else Decimal(number),
        "sample": None if number is None else 100,
        "recorded_at": clock.now(),
    }
    return added(MetricValue(**(defaults | values)))
