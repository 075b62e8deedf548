"""Size and words of the talent grid."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.core.access import allowed
from portal.core.db import db
from portal.core.forms import check_version, form_page, refusals_to
from portal.succession import operations, policy, queries
from portal.succession.forms.grid import SIZES, grid_form, terms_of
from portal.succession.routes import bp


@bp.route("/settings/succession/grid", methods=["GET", "POST"])
@allowed(policy.set_up_succession)
def change_grid() -> ResponseReturnValue:
    """Word the grid, or begin another one of another size."""
    grid = db.session.scalar(queries.grid_in_use())
    asked = request.args.get("size", "")
    size = int(asked) if asked.isdecimal() and int(asked) in SIZES else (grid.size if grid else 3)
    form = grid_form(size, grid)
    if form.validate_on_submit():
        with refusals_to(form):
            if grid is not None:
                check_version(form, grid)
            operations.change_grid(**terms_of(form, size), by=viewer())
            flash(_("Saved."), "ok")
            return redirect(url_for("succession.change_grid"), 303)
    return form_page(
        "succession/grid_form.html", form, size=size, sizes=SIZES,
        begins_anew=grid is not None and grid.size != size,
    )  # fmt: skip
