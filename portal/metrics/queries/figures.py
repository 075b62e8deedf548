"""Figures: the current ones, the latest of each person, and several as one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload

from portal.core import clock
from portal.metrics import periods
from portal.metrics.models import Exact, Metric, MetricValue, MetricVersion
from portal.metrics.states import Combining
from portal.people.models import Person

People = Collection[int] | sa.Select[Any]
"""Ids of people, or a select of them."""


# Made once: each alias has all its columns to make.
_LATER, _OTHER = aliased(MetricValue), aliased(MetricValue)


def current(row: Any = MetricValue) -> sa.ColumnElement[bool]:  # noqa: ANN401 - or an alias
    """Figures nothing has replaced and nobody took back."""
    replaced = sa.exists().where(_LATER.replaces_id == row.id)
    return sa.and_(~replaced, row.value.is_not(None))


def current_of(person_id: int, metric_id: int, period: date) -> sa.Select[MetricValue]:
    """The newest row of a figure, taken back or not: one or none."""
    later = aliased(MetricValue)
    return sa.select(MetricValue).where(
        MetricValue.person_id == person_id,
        MetricValue.metric_id == metric_id,
        MetricValue.period == period,
        ~sa.exists().where(later.replaces_id == MetricValue.id),
    )


def chain_of(value: MetricValue) -> sa.Select[MetricValue]:
    """All that was ever recorded of the same figure, newest first."""
    return (
        sa.select(MetricValue)
        .where(
            MetricValue.person_id == value.person_id,
            MetricValue.metric_id == value.metric_id,
            MetricValue.period == value.period,
        )
        .options(
            joinedload(MetricValue.recorded_by),
            joinedload(MetricValue.measured_under, innerjoin=True),
        )
        .order_by(MetricValue.id.desc())
    )


def latest_values(
    people: People, metric_ids: Collection[int] | sa.Select[Any], until: date | None = None
) -> sa.Select[*tuple[Any, ...]]:
    """The last figure of each person and metric up to a day (today).

    Rows of person_id, metric_id, period, value, sample, version_id and value_id; whoever has no
    figure has no row. One look into an index for each person and metric, however long the history.
    """
    other = _OTHER
    newest = (
        sa.select(other.id)
        .where(
            other.person_id == Person.id,
            other.metric_id == Metric.id,
            other.period <= (until or clock.today()),
            current(other),
        )
        .order_by(other.period.desc())
        .limit(1)
        .correlate(Person, Metric)
        .scalar_subquery()
    )
    return (
        sa.select(
            MetricValue.person_id,
            MetricValue.metric_id,
            MetricValue.period,
            MetricValue.value,
            MetricValue.sample,
            MetricValue.version_id,
            MetricValue.id.label("value_id"),
        )
        .select_from(Person)
        .join(Metric, Metric.id.in_(metric_ids))
        .join(MetricValue, MetricValue.id == newest)
        .where(Person.id.in_(people))
    )


def combined() -> sa.ColumnElement[Any]:
    """Several figures of one metric as one: their sum, or their mean weighted by cases.

    Sums run over floating-point numbers that hold whole ten-thousandths, exact up to 9·10¹⁵; so
    no sum can overflow.
    """
    exact = sa.cast(sa.type_coerce(MetricValue.value, sa.BigInteger), sa.Double)
    cases = sa.func.nullif(sa.func.sum(MetricValue.sample), 0)
    mean = sa.func.sum(exact * MetricValue.sample) / sa.cast(cases, sa.Double)
    one = sa.case(
        (sa.func.max(MetricVersion.combining) == Combining.SUM, sa.func.sum(exact)),
        else_=mean,
    )
    return sa.type_coerce(sa.cast(sa.func.round(one), sa.BigInteger), Exact())


def _together(
    people: People, metric_ids: Sequence[int], since: date, until: date, *by: Any  # noqa: ANN401 - columns
) -> sa.Select[*tuple[Any, ...]]:  # fmt: skip
    """Figures of the months from ``since`` to ``until`` as one for each group of ``by``."""
    return (
        sa.select(
            *by,
            combined().label("value"),
            sa.cast(sa.func.sum(MetricValue.sample), sa.BigInteger).label("sample"),
            sa.func.count().label("figures"),
        )
        .join(Metric, Metric.id == MetricValue.metric_id)
        .join(MetricVersion, MetricVersion.id == Metric.current_version_id)
        .where(
            MetricValue.person_id.in_(people),
            MetricValue.metric_id.in_(metric_ids),
            MetricValue.period.between(since, until),
            current(),
        )
        .group_by(*by)
    )


def together(
    people: People, metric_ids: Sequence[int], since: date, until: date
) -> sa.Select[*tuple[Any, ...]]:
    """The figures of many people as one a metric: metric_id, value, sample, figures."""
    return _together(people, metric_ids, since, until, MetricValue.metric_id)


def together_by_period(
    people: People, metric_ids: Sequence[int], since: date, until: date
) -> sa.Select[*tuple[Any, ...]]:
    """The same month by month: metric_id, period, value, sample, figures."""
    return _together(
        people, metric_ids, since, until, MetricValue.metric_id, MetricValue.period
    )  # fmt: skip


def summaries(
    people: People, metric_ids: Sequence[int], months: int, until: date | None = None
) -> sa.Select[*tuple[Any, ...]]:
    """The last so many calendar months of each person as one figure a metric.

    Rows of person_id, metric_id, value, sample and figures (how many months there were). The
    month of ``until`` (today) is the last one.
    """
    last = periods.month_of(until or clock.today())
    first = periods.months_back(last, months - 1)
    return _together(
        people, metric_ids, first, last, MetricValue.person_id, MetricValue.metric_id
    )  # fmt: skip


def summary(
    person_id: int, metric_id: int, months: int, until: date | None = None
) -> sa.Select[*tuple[Any, ...]]:
    """One person's row of ``summaries`` for one metric, or none."""
    return summaries([person_id], [metric_id], months, until)


def latest_period() -> sa.Select[date]:
    """The last month there is any figure of; one look into the index for each metric."""
    last = sa.select(sa.func.max(MetricValue.period)).where(MetricValue.metric_id == Metric.id)
    return sa.select(sa.func.max(last.correlate(Metric).scalar_subquery())).select_from(Metric)


def figures_of_person(person_id: int, since: date) -> sa.Select[*tuple[Any, ...]]:
    """The current figures of a person from a month on, oldest first."""
    return (
        sa.select(
            MetricValue.id,
            MetricValue.metric_id,
            MetricValue.period,
            MetricValue.value,
            MetricValue.sample,
            MetricValue.replaces_id.is_not(None).label("corrected"),
        )
        .where(MetricValue.person_id == person_id, MetricValue.period >= since, current())
        .order_by(MetricValue.period)
    )


def values_known(
    people: Collection[int], metric_ids: Collection[int], since: date, until: date
) -> sa.Select[*tuple[Any, ...]]:
    """The newest rows of people's figures in a stretch of months, those taken back too."""
    later = aliased(MetricValue)
    return sa.select(
        MetricValue.id,
        MetricValue.person_id,
        MetricValue.metric_id,
        MetricValue.period,
        MetricValue.value,
        MetricValue.sample,
    ).where(
        MetricValue.person_id.in_(people),
        MetricValue.metric_id.in_(metric_ids),
        MetricValue.period.between(since, until),
        ~sa.exists().where(later.replaces_id == MetricValue.id),
    )
