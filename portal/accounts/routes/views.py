"""Saving the view of a list, and removing it."""

from __future__ import annotations

from flask import abort, current_app, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts import operations, policy
from portal.accounts.forms import RemoveViewForm, SaveViewForm
from portal.accounts.models import SavedView
from portal.accounts.routes.blueprint import bp, start_page
from portal.accounts.viewer import viewer
from portal.core.access import allowed, signed_in
from portal.core.forms import refusals_to
from portal.core.returning import is_own_page


@bp.post("/views")
@signed_in
def save_view() -> ResponseReturnValue:
    """Keep what the list shows; the person stays on it."""
    form = SaveViewForm()
    if form.place.data not in current_app.view_functions:
        abort(422)
    if form.validate_on_submit():
        with refusals_to(form):
            view = operations.save_view(
                form.place.data, name=form.name.data, query=form.query.data, by=viewer()
            )
            flash(_("Saved as “%(name)s”. Only you see it.", name=view.name), "ok")
            return _back(f"{form.back.data}?{view.query}")
    back = form.back.data or ""
    here = f"{back}?{form.query.data}" if is_own_page(back) else None
    return render_template("accounts/save_view.html", form=form, here=here), 422


@bp.post("/views/<int:view_id>/remove")
@allowed(policy.remove_view, on=SavedView)
def remove_view(view: SavedView) -> ResponseReturnValue:
    """Forget a view."""
    form = RemoveViewForm()
    operations.remove_view(view, by=viewer())
    flash(_("View “%(name)s” is removed.", name=view.name), "ok")
    return _back(form.back.data or "")


def _back(address: str) -> ResponseReturnValue:
    """To the list, if that is a page of this portal."""
    return redirect(address, 303) if is_own_page(address) else start_page()
