"""Figures with their targets, put together for pages, sheets and other features."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from portal.core import clock, i18n
from portal.core.charts import Point, Trend
from portal.core.db import db
from portal.metrics import periods, queries
from portal.metrics.models import Metric, MetricVersion
from portal.metrics.states import Standing, Unit
from portal.metrics.targets import standing_of, target_for
from portal.metrics.wording import figure, unit_name

MONTHS = 13
"""Months of a trend: the last one stands beside the same month a year before."""

YEAR = 12


@dataclass(frozen=True)
class Cell:
    """A figure as a page shows it."""

    value: Decimal
    sample: int
    text: str
    target: str
    standing: Standing


class Board:
    """Metrics with their targets, asked for once and held against any number of figures."""

    def __init__(self, metrics: Sequence[Metric]) -> None:
        self.metrics = {metric.id: metric for metric in metrics}
        self._targets: dict[int, list[Any]] = {}
        for row in db.session.execute(queries.targets_of(list(self.metrics))):
            self._targets.setdefault(row.metric_id, []).append(row)

    def target(
        self, metric_id: int, period: date, role_id: int | None, team_path: str | None
    ) -> Any | None:  # noqa: ANN401 - a row of ``queries.targets_of``
        """What somebody of this role and team should have reached in a month."""
        rows = self._targets.get(metric_id, ())
        return target_for(rows, role_id=role_id, team_path=team_path, period=period)

    def cell(
        self, metric_id: int, period: date, value: Decimal, sample: int,
        *, role_id: int | None = None, team_path: str | None = None,
    ) -> Cell:  # fmt: skip
        """A figure held against the target that applies."""
        version = self.metrics[metric_id].definition
        target = self.target(metric_id, period, role_id, team_path)
        return Cell(
            value,
            sample,
            figure(value, version),
            figure(target.target, version) if target else "",
            standing_of(
                value, sample, target,
                direction=version.direction, minimum=version.minimum_sample,
            ),
        )  # fmt: skip


def cells_of_people(
    board: Board, people: Iterable[Any], period: date, months: int
) -> dict[tuple[int, int], Cell]:
    """The cells of rows of ``people_in_report``, by person and metric: so many months as one."""
    rows = {row.id: row for row in people}
    found = queries.summaries(list(rows), list(board.metrics), months, period)
    return {
        (one.person_id, one.metric_id): board.cell(
            one.metric_id, period, one.value, one.sample,
            role_id=rows[one.person_id].role_id, team_path=rows[one.person_id].team_path,
        )
        for one in db.session.execute(found)
    }  # fmt: skip


def cells_together(
    board: Board, people: queries.People, period: date, months: int, team_path: str | None
) -> dict[int, Cell]:
    """The figures of many people as one for each metric, held against their team's target."""
    since = periods.months_back(period, months - 1)
    found = queries.together(people, list(board.metrics), since, period)
    return {
        one.metric_id: board.cell(
            one.metric_id, period, one.value, one.sample, team_path=team_path
        )
        for one in db.session.execute(found)
    }  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One month of a person: its figure, and the id of the row that holds it."""

    period: date
    cell: Cell
    value_id: int
    corrected: bool


@dataclass(frozen=True)
class Course:
    """One metric of a person over the months, newest first, the chart of it, and the last year."""

    metric: Metric
    lines: Sequence[Line]
    year: Cell | None
    chart: Trend

    @property
    def last(self) -> Line:
        """The newest figure."""
        return self.lines[0]


def courses_of(person_id: int) -> list[Course]:
    """How the figures of a person went, one course for each metric there are figures of."""
    until = periods.month_of(clock.today())
    board = Board(db.session.scalars(queries.metrics()).all())
    held = list(db.session.execute(queries.employments_in([person_id])))
    since = periods.months_back(until, MONTHS)
    rows: dict[int, list[Any]] = {}
    for row in db.session.execute(queries.figures_of_person(person_id, since)):
        rows.setdefault(row.metric_id, []).append(row)
    yearly = queries.summaries([person_id], list(rows), YEAR, until)
    years = {row.metric_id: row for row in db.session.execute(yearly)} if rows else {}
    return [
        _course(board, metric, rows[metric.id], years.get(metric.id), held)
        for metric in board.metrics.values()
        if metric.id in rows
    ]


def _course(
    board: Board,
    metric: Metric,
    rows: Sequence[Any],
    year: Any,  # noqa: ANN401 - a row
    held: Sequence[Any],
) -> Course:
    lines = [
        Line(row.period, cell_then(board, row, held), row.id, row.corrected)
        for row in reversed(rows)
    ]
    period = lines[0].period
    place = _place(held, period)
    target = board.target(metric.id, period, *place)
    points = {line.period: line.cell.value for line in lines}
    total = None
    if year is not None:
        total = board.cell(
            metric.id, period, year.value, year.sample, role_id=place[0], team_path=place[1]
        )
    chart = trend(metric.definition, period, points, target.target if target else None)
    return Course(metric, lines, total, chart)


def cell_then(board: Board, row: Any, held: Sequence[Any]) -> Cell:  # noqa: ANN401
    """A row's cell against the target of what the person did then, of jobs oldest first."""
    role_id, team_path = _place(held, row.period)
    return board.cell(
        row.metric_id, row.period, row.value, row.sample, role_id=role_id, team_path=team_path
    )


def _place(held: Sequence[Any], period: date) -> tuple[int | None, str | None]:
    """Role and team of a month: those of its last working day."""
    last = periods.last_day(period)
    for row in reversed(held):
        if row.starts_on <= last and (row.ends_on is None or row.ends_on >= period):
            return row.role_id, row.team_path
    return None, None


def trend(
    version: MetricVersion, until: date, values: dict[date, Decimal], target: Decimal | None
) -> Trend:
    """The chart of a metric up to a month; a month without a figure is a gap."""
    share = Decimal("0.01") if version.unit is Unit.PERCENT else Decimal(1)

    def scaled(value: Decimal | None) -> float | None:
        return None if value is None else float(round(value, version.decimals) * share)

    return Trend(
        title=i18n.words(version.name),
        unit=unit_name(version),
        points=tuple(
            Point(periods.month_name(month, short=True), scaled(values.get(month)))
            for month in periods.months_until(until, MONTHS)
        ),
        target=scaled(target),
        percent=version.unit is Unit.PERCENT,
    )


def team_trend(metric: Metric, people: sa.Select[Any]) -> tuple[Trend, list[tuple[date, Cell]]]:
    """A metric over the months for many people together, newest first, and its chart."""
    board = Board([metric])
    until = db.session.scalar(queries.latest_period()) or periods.month_of(clock.today())
    since = periods.months_back(until, MONTHS - 1)
    rows = db.session.execute(queries.together_by_period(people, [metric.id], since, until))
    cells = {row.period: board.cell(metric.id, row.period, row.value, row.sample) for row in rows}
    target = board.target(metric.id, until, None, None)
    values = {period: cell.value for period, cell in cells.items()}
    chart = trend(metric.definition, until, values, target.target if target else None)
    return chart, sorted(cells.items(), reverse=True, key=lambda pair: pair[0])
