"""The figures of one person, and the page of one metric."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload

from portal.accounts.viewer import viewer
from portal.core import audit, clock
from portal.core.access import allowed, can, signed_in
from portal.core.charts import Trend
from portal.core.db import db
from portal.metrics import periods, policy, queries, report
from portal.metrics.models import Metric
from portal.metrics.routes import bp
from portal.metrics.states import MetricFact
from portal.metrics.wording import figure, unit_name
from portal.people.forms import choices
from portal.people.models import Person


@bp.get("/my/metrics")
@signed_in
def my_metrics() -> ResponseReturnValue:
    """One's own figures."""
    me = viewer()
    return _page(db.session.get_one(Person, me.person_id), own=True)


@bp.get("/metrics/people/<int:person_id>")
@allowed(policy.see_metrics, on=Person)
def person_metrics(person: Person) -> ResponseReturnValue:
    """The figures of somebody one answers for."""
    own = viewer().person_id == person.id
    if not own:
        audit.record_reading(MetricFact.OPENED, person, by=viewer(), about=person.id)
    return _page(person, own=own)


def _page(person: Person, *, own: bool) -> ResponseReturnValue:
    return render_template(
        "metrics/person.html",
        person=person,
        own=own,
        courses=report.courses_of(person.id),
        month_name=periods.month_name,
    )


@bp.get("/metrics/definitions/<int:metric_id>", endpoint="metric")
@allowed(policy.see_metric, on=Metric, options=[joinedload(Metric.current)])
def read_metric(metric: Metric) -> ResponseReturnValue:
    """What a metric means, its targets and versions, and how it went for whom one sees."""
    targets = db.session.execute(queries.targets_listed(metric.id)).all()
    chart: Trend | None = None
    months: list[tuple[date, report.Cell]] = []
    if can(policy.see_team_metrics):
        people = sa.select(Person.id).where(queries.visible_to(viewer()))
        chart, months = report.team_trend(metric, people)
    return render_template(
        "metrics/metric.html",
        metric=metric,
        targets=targets,
        versions=db.session.execute(queries.versions_of(metric.id)).all(),
        chart=chart,
        months=months,
        figure=figure,
        unit_name=unit_name,
        month_name=periods.month_name,
        team_names=dict(choices.teams()) if any(row.team for row in targets) else {},
        today=clock.today(viewer().time_zone),
    )
