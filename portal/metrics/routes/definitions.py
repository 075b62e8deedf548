"""Definitions and targets, kept by HR."""

from __future__ import annotations

from datetime import date
from typing import cast

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import joinedload

from portal.accounts.viewer import viewer
from portal.core import clock
from portal.core.access import allowed
from portal.core.db import db
from portal.core.forms import check_version, form_page, refusals_to
from portal.core.returning import flash_with_undo
from portal.metrics import operations, policy, queries
from portal.metrics.forms import EndForm, MetricForm, TargetForm, data_of
from portal.metrics.models import Metric, MetricTarget
from portal.metrics.routes import bp
from portal.people.models import Role, Team


@bp.get("/settings/metrics")
@allowed(policy.keep_metrics)
def metrics() -> ResponseReturnValue:
    """Every metric, retired ones too."""
    rows = db.session.scalars(queries.metrics()).all()
    return render_template("metrics/metrics.html", rows=rows)


@bp.route("/settings/metrics/add", methods=["GET", "POST"])
@allowed(policy.keep_metrics)
def add_metric() -> ResponseReturnValue:
    """Add a metric."""
    form = MetricForm(data=data_of(None))
    if form.validate_on_submit():
        with refusals_to(form):
            version = operations.publish_metric(form.key.data, form.terms(), by=viewer())
            flash(_("Saved."), "ok")
            return redirect(url_for("metrics.metric", metric_id=version.metric_id), 303)
    return form_page("metrics/metric_form.html", form, metric=None)


@bp.route("/settings/metrics/<int:metric_id>", methods=["GET", "POST"])
@allowed(policy.keep_metric, on=Metric, options=[joinedload(Metric.current)])
def change_metric(metric: Metric) -> ResponseReturnValue:
    """Publish another version of a definition."""
    form = MetricForm(data=data_of(metric.definition))
    del form.key
    if form.validate_on_submit():
        with refusals_to(form):
            check_version(form, metric)
            operations.publish_metric(metric, form.terms(), by=viewer())
            flash(_("Saved."), "ok")
            return redirect(url_for("metrics.metric", metric_id=metric.id), 303)
    return form_page("metrics/metric_form.html", form, metric=metric)


@bp.post("/settings/metrics/<int:metric_id>/retire")
@allowed(policy.keep_metric, on=Metric)
def retire_metric(metric: Metric) -> ResponseReturnValue:
    """Collect no more figures."""
    operations.retire_metric(metric, by=viewer())
    undo = url_for("metrics.resume_metric", metric_id=metric.id)
    flash_with_undo(_("The metric is retired. Its figures stay."), undo)
    return redirect(url_for("metrics.metric", metric_id=metric.id), 303)


@bp.post("/settings/metrics/<int:metric_id>/resume")
@allowed(policy.keep_metric, on=Metric)
def resume_metric(metric: Metric) -> ResponseReturnValue:
    """Collect figures again."""
    operations.resume_metric(metric, by=viewer())
    flash(_("The metric is in use."), "ok")
    return redirect(url_for("metrics.metric", metric_id=metric.id), 303)


@bp.route("/settings/metrics/<int:metric_id>/targets/add", methods=["GET", "POST"])
@allowed(policy.keep_metric, on=Metric, options=[joinedload(Metric.current)])
def set_target(metric: Metric) -> ResponseReturnValue:
    """Aim at something from a day on."""
    form = TargetForm(data={"starts_on": clock.today(viewer().time_zone)})
    if form.validate_on_submit():
        with refusals_to(form):
            operations.set_target(
                metric,
                form.aim(),
                role=db.session.get(Role, form.role.data) if form.role.data else None,
                team=db.session.get(Team, form.team.data) if form.team.data else None,
                starts_on=cast("date", form.starts_on.data),
                by=viewer(),
            )
            flash(_("The target is set."), "ok")
            return redirect(url_for("metrics.metric", metric_id=metric.id), 303)
    return form_page("metrics/target_form.html", form, metric=metric)


@bp.route("/settings/metrics/targets/<int:target_id>/end", methods=["GET", "POST"])
@allowed(policy.end_target, on=MetricTarget)
def end_target(target: MetricTarget) -> ResponseReturnValue:
    """Aim at it no longer."""
    form = EndForm()
    if form.validate_on_submit():
        with refusals_to(form):
            operations.end_target(target, last_day=cast("date", form.last_day.data), by=viewer())
            flash(_("The target ends."), "ok")
            return redirect(url_for("metrics.metric", metric_id=target.metric_id), 303)
    return form_page("metrics/end_target.html", form, target=target)
