"""How the organisation plans: settings and the readiness scale."""

from __future__ import annotations

import sqlalchemy as sa
from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.core.access import allowed
from portal.core.db import db
from portal.core.forms import check_version, form_page, refusals_to
from portal.succession import operations, policy
from portal.succession.forms.settings import LevelForm, SettingsForm
from portal.succession.models import ReadinessLevel
from portal.succession.routes import bp


@bp.route("/settings/succession", methods=["GET", "POST"])
@allowed(policy.set_up_succession)
def settings() -> ResponseReturnValue:
    """When plans raise an alarm, who is told, and the scale."""
    form = SettingsForm(obj=operations.settings())
    if form.validate_on_submit():
        with refusals_to(form):
            operations.change_settings(**form.terms(), by=viewer())
            flash(_("Saved."), "ok")
            return redirect(url_for("succession.settings"), 303)
    scale = sa.select(ReadinessLevel).order_by(ReadinessLevel.order, ReadinessLevel.id)
    levels = db.session.scalars(scale).all()
    return form_page("succession/settings.html", form, levels=levels)


@bp.route("/settings/succession/levels/add", methods=["GET", "POST"])
@allowed(policy.set_up_succession)
def add_level() -> ResponseReturnValue:
    """Add a step to the scale."""
    form = LevelForm()
    del form.is_retired
    if form.validate_on_submit():
        with refusals_to(form):
            operations.add_level(key=form.key.data or "", **form.terms(), by=viewer())
            flash(_("Saved."), "ok")
            return redirect(url_for("succession.settings"), 303)
    return form_page("succession/level_form.html", form, level=None)


@bp.route("/settings/succession/levels/<int:readiness_level_id>", methods=["GET", "POST"])
@allowed(policy.change_level, on=ReadinessLevel)
def change_level(readiness_level: ReadinessLevel) -> ResponseReturnValue:
    """Change a step of the scale."""
    form = LevelForm(obj=readiness_level)
    del form.key
    if form.validate_on_submit():
        with refusals_to(form):
            check_version(form, readiness_level)
            operations.change_level(
                readiness_level, **form.terms(), is_retired=bool(form.is_retired.data), by=viewer()
            )
            flash(_("Saved."), "ok")
            return redirect(url_for("succession.settings"), 303)
    return form_page("succession/level_form.html", form, level=readiness_level)
