"""One figure: all that was recorded of it, and its correction."""

from __future__ import annotations

from decimal import Decimal

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.core.access import allowed
from portal.core.db import db
from portal.core.forms import form_page, refusals_to
from portal.metrics import operations, periods, policy, queries
from portal.metrics.forms import CorrectionForm
from portal.metrics.models import MetricValue
from portal.metrics.routes import bp
from portal.metrics.wording import figure


@bp.get("/metrics/values/<int:value_id>", endpoint="value")
@allowed(policy.see_value, on=MetricValue)
def read_value(value: MetricValue) -> ResponseReturnValue:
    """Everything that was recorded of a figure, newest first."""
    chain = db.session.scalars(queries.chain_of(value)).all()
    return render_template(
        "metrics/value.html",
        value=value,
        chain=chain,
        own=viewer().person_id == value.person_id,
        figure=figure,
        month=periods.month_name(value.period),
    )


@bp.route("/metrics/values/<int:value_id>/correct", methods=["GET", "POST"])
@allowed(policy.correct_value, on=MetricValue)
def correct_value(value: MetricValue) -> ResponseReturnValue:
    """Put another figure in its place, or none."""
    form = CorrectionForm(data={"value": value.value, "sample": value.sample})
    if form.take_back.data:
        for field in (form.value, form.sample):
            field.validators = ()
    if form.validate_on_submit():
        with refusals_to(form):
            row = _corrected(value, form)
            flash(_("The figure is corrected."), "ok")
            return redirect(url_for("metrics.value", value_id=row.id), 303)
    return form_page(
        "metrics/correct_value.html",
        form,
        value=value,
        month=periods.month_name(value.period),
        shown=figure(value.value, value.measured_under),
    )


def _corrected(value: MetricValue, form: CorrectionForm) -> MetricValue:
    if form.take_back.data:
        return operations.take_back_value(value, reason=form.reason.data, by=viewer())
    return operations.correct_value(
        value,
        value=Decimal(form.value.data or 0),
        sample=int(form.sample.data or 0),
        reason=form.reason.data,
        by=viewer(),
    )
