"""Definitions and targets: versions, what stays, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa

from portal.core.db import db
from portal.core.errors import Refused
from portal.metrics.models import Metric, MetricTarget, MetricVersion
from portal.metrics.operations import (
    Aim,
    end_target,
    load_metrics,
    publish_metric,
    resume_metric,
    retire_metric,
    set_target,
)
from portal.metrics.states import Direction, MetricState, Unit
from tests.factories import metrics as make
from tests.factories import people
from tests.factories.people import in_words
from tests.starter_words import assert_complete, load

pytestmark = pytest.mark.usefixtures("db_session")


def test_another_text_is_another_version_and_the_same_text_is_none() -> None:
    terms = make.terms()
    first = publish_metric("csat", terms, by=None)
    again = replace(terms, lowest=Decimal("1.0000"))
    assert publish_metric(first.metric, again, by=None) is first
    second = publish_metric(first.metric, replace(terms, formula=in_words("Other")), by=None)
    assert (second.number, first.metric.current) == (2, second)
    assert make.value(metric_=first.metric).version_id == second.id


def test_a_key_names_one_metric() -> None:
    make.metric("csat")
    with pytest.raises(Refused) as refused:
        publish_metric("csat", make.terms(), by=None)
    assert refused.value.field == "key"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"lowest": Decimal(100)}, "highest"),
        ({"unit": Unit.MONEY}, "currency"),
        ({"currency": "EUR"}, "currency"),
    ],
)
def test_a_definition_that_makes_no_sense_is_refused(wrong: dict[str, object], field: str) -> None:
    with pytest.raises(Refused) as refused:
        publish_metric("csat", make.terms(**wrong), by=None)
    assert refused.value.field == field


def test_unit_and_direction_stay_once_there_are_figures() -> None:
    metric, terms = make.metric(), make.terms()
    publish_metric(metric, replace(terms, unit=Unit.SCORE), by=None)
    make.value(metric_=metric)
    with pytest.raises(Refused):
        publish_metric(metric, replace(terms, unit=Unit.PERCENT), by=None)
    worse = replace(terms, unit=Unit.SCORE, direction=Direction.LOWER)
    with pytest.raises(Refused):
        publish_metric(metric, worse, by=None)


def test_a_metric_is_retired_and_taken_into_use_again() -> None:
    metric = make.metric()
    retire_metric(metric, by=None)
    assert metric.state is MetricState.RETIRED
    with pytest.raises(Refused):
        retire_metric(metric, by=None)
    resume_metric(metric, by=None)
    assert metric.state is MetricState.IN_USE


def test_a_new_target_ends_the_one_before_for_the_same_people_only() -> None:
    metric, role = make.metric(), people.role()
    first = set_target(metric, Aim(Decimal(85)), starts_on=date(2026, 1, 1), by=None)
    other = set_target(metric, Aim(Decimal(90)), role=role, starts_on=date(2026, 1, 1), by=None)
    second = set_target(metric, Aim(Decimal(86)), starts_on=date(2026, 7, 1), by=None)
    assert (first.ends_on, second.ends_on, other.ends_on) == (date(2026, 6, 30), None, None)
    with pytest.raises(Refused) as refused:
        set_target(metric, Aim(Decimal(87)), starts_on=date(2026, 7, 1), by=None)
    assert refused.value.field == "starts_on"


@pytest.mark.parametrize(
    ("direction", "aim", "field"),
    [
        (Direction.HIGHER, Aim(Decimal(85), threshold=Decimal(85)), "threshold"),
        (Direction.HIGHER, Aim(Decimal(85), maximum=Decimal(80)), "maximum"),
        (Direction.LOWER, Aim(Decimal(40), threshold=Decimal(30)), "threshold"),
        (Direction.LOWER, Aim(Decimal(40), maximum=Decimal(50)), "maximum"),
        (Direction.HIGHER, Aim(Decimal("0.85")), "target"),
    ],
)
def test_marks_out_of_order_are_refused(direction: Direction, aim: Aim, field: str) -> None:
    metric = make.metric(direction=direction)
    with pytest.raises(Refused) as refused:
        set_target(metric, aim, starts_on=date(2026, 1, 1), by=None)
    assert refused.value.field == field


def test_a_target_ends_once() -> None:
    row = make.target(make.metric())
    end_target(row, last_day=date(2026, 10, 31), by=None)
    assert row.ends_on == date(2026, 10, 31)
    with pytest.raises(Refused):
        end_target(row, last_day=date(2026, 12, 31), by=None)


def test_the_starter_adds_what_is_missing_in_four_languages() -> None:
    people.role(key="senior_associate")
    make.metric("nps")
    assert load_metrics(None) == 8
    assert load_metrics(None) == 0
    keys = set(db.session.scalars(sa.select(Metric.key)))
    assert {"csat", "nps", "fcr", "aht", "qa_score", "adherence", "first_response_time",
            "resolution_time", "retention"} == keys  # fmt: skip
    started = sa.select(MetricVersion).join(Metric, Metric.id == MetricVersion.metric_id)
    for version in db.session.scalars(started.where(Metric.key != "nps")):
        assert set(version.name) == set(version.formula) == {"en", "tr", "es", "ja"}
    targets = db.session.scalars(sa.select(MetricTarget)).all()
    assert len(targets) == 10
    assert all(row.example for row in targets)


def test_every_starter_text_speaks_four_languages() -> None:
    assert_complete(load("metrics", "metrics.toml"))
