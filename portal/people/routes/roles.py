"""Roles: their profile in four languages, what they pay, what they ask for."""

from __future__ import annotations

from datetime import date
from typing import cast

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.core import clock
from portal.core.access import allowed
from portal.core.db import db
from portal.core.forms import form_page, refusals_to
from portal.people import operations, parts, policy, queries
from portal.people.forms import NewRoleForm, PayBandForm, RoleForm, choices
from portal.people.forms.roles import profile_of
from portal.people.models import PayBand, Role
from portal.people.routes.blueprint import bp
from portal.people.states import PayPeriod


@bp.get("/settings/roles")
@allowed(policy.set_up)
def roles() -> ResponseReturnValue:
    """List the roles, family by family."""
    return render_template("people/roles.html", roles=db.session.scalars(queries.roles()).all())


@bp.get("/settings/roles/<int:role_id>", endpoint="role")
@allowed(policy.see_role, on=Role)
def read_role(role: Role) -> ResponseReturnValue:
    """Show a role's profile, pay and requirements."""
    return render_template(
        "people/role.html",
        role=role,
        bands=db.session.scalars(queries.pay_bands_of(role.id)).all(),
        country_name=choices.country_name,
        parts=parts.parts_of(viewer(), role),
    )


@bp.route("/settings/roles/add", methods=["GET", "POST"])
@allowed(policy.set_up)
def add_role() -> ResponseReturnValue:
    """Add a role."""
    form = NewRoleForm()
    if form.validate_on_submit():
        with refusals_to(form):
            added = operations.add_role(key=form.key.data, **form.profile(), by=viewer())
            flash(_("The role is there. Now say what it pays and asks for."), "ok")
            return redirect(url_for("people.role", role_id=added.id), 303)
    return form_page("people/role_form.html", form, role=None)


@bp.route("/settings/roles/<int:role_id>/edit", methods=["GET", "POST"])
@allowed(policy.change_role, on=Role)
def change_role(role: Role) -> ResponseReturnValue:
    """Change a role's profile."""
    form = RoleForm(data=profile_of(role))
    if form.validate_on_submit():
        with refusals_to(form):
            operations.change_role(role, **form.profile(), by=viewer())
            flash(_("Saved. Postings and letters made before keep their text."), "ok")
            return redirect(url_for("people.role", role_id=role.id), 303)
    return form_page("people/role_form.html", form, role=role)


@bp.route("/settings/roles/<int:role_id>/pay", methods=["GET", "POST"])
@allowed(policy.set_pay_band, on=Role)
def set_pay_band(role: Role) -> ResponseReturnValue:
    """Say what a role pays in a country; a country's band replaces the one before."""
    form = PayBandForm(data={"period": PayPeriod.YEAR, "dated": clock.today()})
    if form.validate_on_submit():
        with refusals_to(form):
            _set(role, form)
            flash(_("Saved."), "ok")
            return redirect(url_for("people.role", role_id=role.id), 303)
    return form_page("people/pay_band_form.html", form, role=role, band=None)


@bp.route("/settings/roles/pay-bands/<int:band_id>", methods=["GET", "POST"])
@allowed(policy.change_pay_band, on=PayBand)
def change_pay_band(band: PayBand) -> ResponseReturnValue:
    """Correct a pay band."""
    form = PayBandForm(obj=band)
    form.country.offer = [(band.country, choices.country_name(band.country))]
    if form.validate_on_submit():
        with refusals_to(form):
            _set(band.role, form)
            flash(_("Saved."), "ok")
            return redirect(url_for("people.role", role_id=band.role_id), 303)
    return form_page("people/pay_band_form.html", form, role=band.role, band=band)


@bp.post("/settings/roles/pay-bands/<int:band_id>/remove")
@allowed(policy.change_pay_band, on=PayBand)
def remove_pay_band(band: PayBand) -> ResponseReturnValue:
    """Take a country's band away."""
    role_id = band.role_id
    operations.remove_pay_band(band, by=viewer())
    flash(_("The pay band is gone. The audit trail keeps its figures."), "ok")
    return redirect(url_for("people.role", role_id=role_id), 303)


def _set(role: Role, form: PayBandForm) -> PayBand:
    return operations.set_pay_band(
        role,
        country=form.country.data,
        currency=form.currency.data,
        minimum=cast("int", form.minimum.data),
        maximum=cast("int", form.maximum.data),
        period=form.period.data,
        source=form.source.data,
        dated=cast("date", form.dated.data),
        example=form.example.data,
        by=viewer(),
    )
