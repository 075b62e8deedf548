"""The report over people: their figures of a month or several, against targets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.accounts.viewer import viewer
from portal.core import clock, i18n, search, tables
from portal.core.access import allowed
from portal.core.db import db
from portal.metrics import periods, policy, queries, report
from portal.metrics.models import Metric
from portal.metrics.routes import bp
from portal.people import queries as people
from portal.people.forms import choices
from portal.people.models import Person, Role, Team, full_name

OFFERED = 24
"""Months to choose from."""

SPANS = (1, 3, 12)


@dataclass(frozen=True)
class Asked:
    """What the address asks for: people, metrics, and the months up to ``period``."""

    bar: tables.FilterBar
    select: sa.Select[Any]
    metrics: list[Metric]
    period: date
    months: int
    team_path: str | None


def _offer(last: date) -> list[tuple[str, str]]:
    months = reversed(periods.months_until(last, OFFERED))
    return [(periods.iso_month(month), periods.month_name(month)) for month in months]


def _asked() -> Asked:
    last = db.session.scalar(queries.latest_period()) or periods.month_of(clock.today())
    known = list(db.session.scalars(queries.metrics_in_use()))
    chosen = request.args.get("team", "").strip()
    path = _path_of(chosen)

    def everyone(_values: list[Any]) -> sa.ColumnElement[bool]:
        return sa.true()  # not about people: read below

    bar = tables.FilterBar(
        (
            tables.Filter(
                "q", _l("Name or e-mail"),
                lambda texts: Person.id.in_(search.matches("person", texts[0])),
            ),
            tables.Filter("month", _l("Month"), everyone, _offer(last)),
            tables.Filter("months", _l("Months together"), everyone,
                          [(str(span), _span(span)) for span in SPANS]),
            tables.Filter("team", _l("Team"),
                          lambda _keys: people.within(Team.path, path) if path else sa.true(),
                          choices.upper_teams(chosen)),
            tables.Filter("role", _l("Role"), lambda keys: Role.id == keys[0], choices.roles()),
            tables.Filter("metric", _l("Metric"), everyone,
                          [(str(one.id), i18n.words(one.definition.name)) for one in known]),
        ),
        request.args,
    )  # fmt: skip
    only = bar.value("metric")
    period = periods.read_month(bar.value("month")) if bar.value("month") else last
    day = min(clock.today(), periods.last_day(period))
    shown = [one for one in known if not only or str(one.id) == only]
    months = int(bar.value("months") or 1)
    since = periods.months_back(period, months - 1)
    select = queries.people_in_report(viewer(), day, [metric.id for metric in shown], since, period)
    return Asked(bar, bar.narrow(select), shown, period, months, path)


def _path_of(chosen: str) -> str | None:
    if not chosen.isdecimal() or len(chosen) > 9:
        return None
    team = db.session.get(Team, int(chosen))
    return team.path if team else None


def _span(months: int) -> str:
    if months == 1:
        text: str = _("One month")
    else:
        text = _("%(number)s months", number=i18n.number(months))
    return text


@bp.get("/metrics")
@allowed(policy.see_team_metrics)
def team() -> ResponseReturnValue:
    """People and their figures."""
    asked = _asked()
    order = ((Person.by_name(), False), (Person.id, False))
    page = tables.page(asked.select, order=order, cursor=request.args.get("cursor"))
    board = report.Board(asked.metrics)
    ids = asked.select.with_only_columns(Person.id)
    return render_template(
        "metrics/team.html",
        asked=asked,
        page=page,
        count=tables.count(asked.select),
        metrics=asked.metrics,
        cells=report.cells_of_people(board, page.rows, asked.period, asked.months),
        together=report.cells_together(
            board, ids, asked.period, asked.months, asked.team_path
        ),
        full_name=full_name,
        month_name=periods.month_name,
        language=i18n.current_locale(),
        base=url_for("metrics.team"),
    )  # fmt: skip


@bp.get("/metrics/export/<any(csv, xlsx):kind>")
@allowed(policy.see_team_metrics)
def export_team(kind: str) -> Response:
    """Download the report as it is narrowed now: a row for each person and metric."""
    asked = _asked()
    rows = db.session.execute(asked.select.order_by(Person.by_name(), Person.id)).all()
    board = report.Board(asked.metrics)
    cells: dict[tuple[int, int], report.Cell] = {}
    for start in range(0, len(rows), tables.COUNTED):
        some = rows[start : start + tables.COUNTED]
        cells |= report.cells_of_people(board, some, asked.period, asked.months)
    lines = (
        (row, metric, cells[row.id, metric.id])
        for row in rows
        for metric in asked.metrics
        if (row.id, metric.id) in cells
    )
    return tables.export(lines, _columns(asked), kind, _("Metrics"))


def _columns(asked: Asked) -> tuple[tables.Column, ...]:
    def name(line: Any) -> str:  # noqa: ANN401
        return full_name(line[0].given_name, line[0].family_name, line[0].language)

    return (
        tables.Column(_l("Name"), name),
        tables.Column(_l("Role"), lambda line: line[0].role),
        tables.Column(_l("Team"), lambda line: line[0].team),
        tables.Column(_l("Month"), lambda _line: periods.iso_month(asked.period)),
        tables.Column(_l("Months together"), lambda _line: asked.months),
        tables.Column(_l("Metric"), lambda line: line[1].definition.name),
        tables.Column(_l("Value"), lambda line: line[2].value.normalize()),
        tables.Column(_l("Unit"), lambda line: line[1].definition.unit),
        tables.Column(_l("Cases"), lambda line: line[2].sample),
        tables.Column(_l("Target"), lambda line: line[2].target),
        tables.Column(_l("State"), lambda line: line[2].standing),
    )
