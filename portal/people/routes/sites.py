"""The places where people work."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.forms import zone_offer
from portal.accounts.viewer import viewer
from portal.core.access import allowed
from portal.core.db import db
from portal.core.forms import form_page, refusals_to
from portal.people import operations, policy, queries
from portal.people.forms import SiteForm, choices
from portal.people.models import Site
from portal.people.routes.blueprint import bp


@bp.get("/settings/sites")
@allowed(policy.set_up)
def sites() -> ResponseReturnValue:
    """List the places."""
    rows = db.session.scalars(queries.sites()).all()
    return render_template("people/sites.html", sites=rows, country_name=choices.country_name)


@bp.route("/settings/sites/add", methods=["GET", "POST"])
@allowed(policy.set_up)
def add_site() -> ResponseReturnValue:
    """Add a place."""
    form = SiteForm()
    if form.validate_on_submit():
        with refusals_to(form):
            operations.add_site(**_sent(form), by=viewer())
            flash(_("The site is there."), "ok")
            return redirect(url_for("people.sites"), 303)
    return form_page("people/site_form.html", form, site=None)


@bp.route("/settings/sites/<int:site_id>", methods=["GET", "POST"])
@allowed(policy.change_site, on=Site)
def change_site(site: Site) -> ResponseReturnValue:
    """Correct a place."""
    form = SiteForm(obj=site)
    form.time_zone.offer = zone_offer(site.time_zone)
    if form.validate_on_submit():
        with refusals_to(form):
            operations.change_site(site, **_sent(form), by=viewer())
            flash(_("Saved."), "ok")
            return redirect(url_for("people.sites"), 303)
    return form_page("people/site_form.html", form, site=site)


def _sent(form: SiteForm) -> dict[str, Any]:
    names = ("name", "street", "postal_code", "city", "region", "country", "time_zone",
             "currency", "language")  # fmt: skip
    return {name: form[name].data or "" for name in names}
