"""The organisation's values, kept by HR."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.core.access import allowed
from portal.core.db import db
from portal.core.forms import check_version, form_page, refusals_to
from portal.core.returning import flash_with_undo
from portal.recognition import operations, policy, queries
from portal.recognition.forms import ValueForm
from portal.recognition.models import OrganisationValue
from portal.recognition.routes import bp


@bp.get("/settings/values")
@allowed(policy.keep_values)
def values() -> str:
    """Every value, retired ones too."""
    return render_template("recognition/values.html", rows=db.session.scalars(queries.values()))


@bp.route("/settings/values/add", methods=["GET", "POST"])
@allowed(policy.keep_values)
def add_value() -> ResponseReturnValue:
    """Add a value."""
    form = ValueForm()
    if form.validate_on_submit():
        with refusals_to(form):
            operations.add_value(
                name=form.name.data, description=form.description.data, by=viewer()
            )
            flash(_("Saved."), "ok")
            return _back()
    return form_page("recognition/value_form.html", form, value=None)


@bp.route("/settings/values/<int:value_id>", methods=["GET", "POST"])
@allowed(policy.change_value, on=OrganisationValue)
def change_value(value: OrganisationValue) -> ResponseReturnValue:
    """Word a value anew."""
    form = ValueForm(obj=value)
    if form.validate_on_submit():
        with refusals_to(form):
            check_version(form, value)
            operations.change_value(
                value, name=form.name.data, description=form.description.data, by=viewer()
            )
            flash(_("Saved."), "ok")
            return _back()
    return form_page("recognition/value_form.html", form, value=value)


@bp.post("/settings/values/<int:value_id>/retire")
@allowed(policy.change_value, on=OrganisationValue)
def retire_value(value: OrganisationValue) -> ResponseReturnValue:
    """Offer it no more."""
    operations.retire_value(value, by=viewer())
    undo = url_for("recognition.resume_value", value_id=value.id)
    flash_with_undo(_("The value is retired. Thanks that name it keep it."), undo)
    return _back()


@bp.post("/settings/values/<int:value_id>/resume")
@allowed(policy.change_value, on=OrganisationValue)
def resume_value(value: OrganisationValue) -> ResponseReturnValue:
    """Offer it again."""
    operations.resume_value(value, by=viewer())
    flash(_("The value is in use."), "ok")
    return _back()


def _back() -> ResponseReturnValue:
    return redirect(url_for("recognition.values"), 303)
