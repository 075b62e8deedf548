"""Figures: the latest, several as one, corrections, and what can never be changed."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.core.db import db
from portal.core.errors import Refused, Stale
from portal.metrics import queries
from portal.metrics.models import MetricValue
from portal.metrics.operations import Figure, correct_value, record_values, take_back_value
from portal.metrics.states import Combining
from tests.factories import metrics as make
from tests.factories import people

pytestmark = pytest.mark.usefixtures("db_session")

OCTOBER = date(2026, 10, 1)
SEPTEMBER = date(2026, 9, 1)


def one(select: Any) -> Any:
    return db.session.execute(select).one()


def test_the_latest_figure_is_the_current_one_of_the_last_month() -> None:
    metric, person, hr = make.metric(), people.person(), people.account(roles=["hr"])
    make.value(person, metric, 70, period=SEPTEMBER)
    wrong = make.value(person, metric, 87)
    correct_value(wrong, value=Decimal("78.5"), sample=90, reason="Swapped digits", by=hr)
    row = one(queries.latest_values([person.id], [metric.id]))
    assert (row.period, row.value, row.sample) == (OCTOBER, Decimal("78.5"), 90)
    assert one(queries.latest_values([person.id], [metric.id], SEPTEMBER)).value == 70
    ids = sa.select(people.Person.id).where(people.Person.id == person.id)
    assert one(queries.latest_values(ids, [metric.id])).value == Decimal("78.5")


def test_a_figure_taken_back_leaves_the_month_before() -> None:
    metric, person, hr = make.metric(), people.person(), people.account(roles=["hr"])
    make.value(person, metric, 70, period=SEPTEMBER)
    gone = take_back_value(make.value(person, metric), reason="Wrong person", by=hr)
    assert one(queries.latest_values([person.id], [metric.id])).value == 70
    with pytest.raises(Refused):
        take_back_value(gone, reason="Again", by=hr)
    version = metric.definition
    figure = Figure(person.id, version, OCTOBER, Decimal(81), 40)
    assert record_values([figure], reason="Counted anew", by=hr) == 1
    assert one(queries.latest_values([person.id], [metric.id])).value == 81


def test_months_combine_weighted_by_cases_or_as_a_sum() -> None:
    person = people.person()
    mean, total = make.metric(), make.metric(combining=Combining.SUM)
    for metric in (mean, total):
        make.value(person, metric, 60, sample=10, period=SEPTEMBER)
        make.value(person, metric, 90, sample=20)
    row = one(queries.summary(person.id, mean.id, 3, date(2026, 11, 5)))
    assert (row.value, row.sample, row.figures) == (80, 30, 2)
    assert one(queries.summary(person.id, total.id, 3, date(2026, 11, 5))).value == 150
    assert one(queries.summary(person.id, mean.id, 2, date(2026, 11, 5))).value == 90
    none = queries.summary(person.id, mean.id, 1, date(2026, 11, 5))
    assert db.session.execute(none).one_or_none() is None


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.tuples(st.decimals(1, 100, places=2), st.integers(1, 5000)), min_size=1, max_size=6)
)
def test_a_team_counts_as_the_exact_weighted_mean_of_its_people(
    figures: list[tuple[Decimal, int]],
) -> None:
    metric = make.metric()
    ids = [
        make.value(people.person(), metric, value, sample=sample).person_id
        for value, sample in figures
    ]
    row = one(queries.together(ids, [metric.id], OCTOBER, OCTOBER))
    cases = sum(sample for _value, sample in figures)
    exact = sum(value * sample for value, sample in figures) / cases
    assert row.sample == cases
    assert abs(row.value - exact.quantize(Decimal("0.0001"), ROUND_HALF_EVEN)) <= Decimal("0.0001")
    assert min(v for v, _n in figures) <= row.value <= max(v for v, _n in figures)


def test_figures_are_recorded_once_and_replaced_only_for_a_reason() -> None:
    metric, person = make.metric(), people.person()
    first = Figure(person.id, metric.definition, OCTOBER, Decimal(87), 100)
    assert record_values([first, first], by=None) == 1
    assert record_values([first], by=None) == 0
    other = Figure(person.id, metric.definition, OCTOBER, Decimal(88), 100)
    with pytest.raises(Refused) as refused:
        record_values([other], by=None)
    assert refused.value.field == "reason"
    assert record_values([other], reason="Late answers", by=None) == 1
    chain = db.session.scalars(sa.select(MetricValue).order_by(MetricValue.id)).all()
    assert [(row.value, row.reason) for row in chain] == [(87, ""), (88, "Late answers")]
    assert chain[1].replaces_id == chain[0].id


@pytest.mark.parametrize(
    ("value", "sample", "field"), [("0.87", 10, "value"), ("101", 10, "value"), ("87", 0, "sample")]
)
def test_a_figure_that_cannot_be_is_refused(value: str, sample: int, field: str) -> None:
    figure = Figure(people.person().id, make.metric().definition, OCTOBER, Decimal(value), sample)
    with pytest.raises(Refused) as refused:
        record_values([figure], by=None)
    assert refused.value.field == field


def test_a_correction_needs_a_reason_another_figure_and_the_newest_row() -> None:
    hr, row = people.account(roles=["hr"]), make.value()
    with pytest.raises(Refused):
        correct_value(row, value=Decimal(80), sample=100, reason=" ", by=hr)
    with pytest.raises(Refused):
        correct_value(row, value=Decimal(87), sample=100, reason="The same", by=hr)
    correct_value(row, value=Decimal(80), sample=100, reason="Once", by=hr)
    with pytest.raises(Stale):
        correct_value(row, value=Decimal(70), sample=100, reason="Twice", by=hr)


def test_two_first_figures_of_one_month_cannot_be() -> None:
    row = make.value()
    copy = {"person": row.person, "metric_": row.metric, "number": 50}
    with pytest.raises(sa.exc.IntegrityError):
        make.value(**copy)
    db.session.rollback()


@pytest.mark.parametrize(
    "statement", ["UPDATE metric_value SET sample = 1", "DELETE FROM metric_value"]
)
def test_what_was_recorded_stays(statement: str) -> None:
    make.value()
    with pytest.raises(sa.exc.DBAPIError):
        db.session.execute(sa.text(statement))
    db.session.rollback()
