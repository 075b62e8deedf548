"""The organisation's name and looks."""

from __future__ import annotations

from typing import cast

from flask import Response, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from portal.accounts.viewer import viewer
from portal.core import files
from portal.core.access import allowed, public, row_or_404
from portal.core.brand import Brand
from portal.core.db import db
from portal.core.files import StoredFile
from portal.core.forms import form_page, refusals_to
from portal.people import operations, policy, queries
from portal.people.forms import OrganisationForm
from portal.people.models import USUAL_GROUP, Organisation
from portal.people.routes.blueprint import bp

LARGEST_LOGO = 1024 * 1024


@bp.route("/settings/organisation", methods=["GET", "POST"])
@allowed(policy.change_organisation)
def organisation() -> ResponseReturnValue:
    """Set who the organisation is."""
    present = db.session.scalar(queries.organisation())
    form = OrganisationForm(obj=present or _plain())
    if form.validate_on_submit():
        with refusals_to(form):
            _change(form)
            flash(_("Saved. Every page shows it from now on."), "ok")
            return redirect(url_for("people.organisation"), 303)
    return form_page(
        "people/organisation.html", form, has_logo=bool(present and present.logo_file_id)
    )


def _plain() -> Organisation:
    """What the form begins with before the organisation is set up."""
    return Organisation(name="", colour=Brand.colour, smallest_group=USUAL_GROUP)


def _change(form: OrganisationForm) -> None:
    sent = form.logo.data
    logo = files.accept(cast("FileStorage", sent), {"png", "jpg"}, LARGEST_LOGO) if sent else None
    operations.change_organisation(
        name=form.name.data,
        legal_name=form.legal_name.data or "",
        address=form.address.data or "",
        email=form.email.data or "",
        colour=form.colour.data,
        logo=logo,
        remove_logo=form.remove_logo.data,
        smallest_group=cast("int", form.smallest_group.data),
        by=viewer(),
    )


@bp.get("/logo/<int:file_id>")
@public
def logo(file_id: int) -> Response:
    """The present logo; its address changes with it, so it may be kept for ever."""
    row = db.session.scalar(queries.organisation())
    if row is None or row.logo_file_id != file_id:
        abort(404)
    response = files.respond(row_or_404(StoredFile, file_id), inline=True)
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
