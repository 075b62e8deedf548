"""The page on which the screening criteria of a posting are fixed."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.accounts.viewer import viewer
from portal.core.access import allowed
from portal.core.db import db
from portal.core.forms import check_version, form_page, refusals_to
from portal.core.tables import count
from portal.hiring import operations, policy, queries
from portal.hiring.forms import CriteriaForm
from portal.hiring.models import Posting
from portal.hiring.routes import bp


@bp.route("/postings/<int:posting_id>/criteria", methods=["GET", "POST"])
@allowed(policy.change_posting, on=Posting)
def fix_criteria(posting: Posting) -> ResponseReturnValue:
    """Fix the first or the next version."""
    must_haves, weighted, cut = operations.suggested_criteria(posting)
    form = CriteriaForm.of(posting, must_haves, weighted, cut)
    if form.validate_on_submit():
        musts, weights = form.criteria([*must_haves, *weighted])
        with refusals_to(form):
            check_version(form, posting)
            operations.fix_criteria(
                posting, must_haves=musts, weighted=weights, cut=int(form.cut.data or 0),
                by=viewer(),
            )  # fmt: skip
            flash(_said(posting), "ok")
            return redirect(url_for("hiring.posting", posting_id=posting.id), 303)
    screened = db.session.scalars(queries.applications_screened(posting.id)).one()
    return form_page(
        "hiring/criteria.html",
        form,
        posting=posting,
        latest=posting.latest_criteria,
        screened=screened,
    )


def _said(posting: Posting) -> str:
    latest = posting.latest_criteria
    again = count(queries.applications_to_rescreen(posting.id))
    if latest is None or not again.number:
        return _("Screening criteria fixed.")
    return ngettext(
        "Version %(version)s fixed. %(num)s application must be screened again.",
        "Version %(version)s fixed. %(num)s applications must be screened again.",
        again.number,
        version=latest.number,
    )
