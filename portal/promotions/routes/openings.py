"""Open posts inside: what fits me, and who inside fits a posting."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.accounts.viewer import viewer
from portal.careers.distance import distance_columns, paged, titles_of
from portal.core import clock, tables
from portal.core.access import allowed, signed_in
from portal.core.db import db
from portal.core.errors import Stale
from portal.core.forms import form_page, refusals_to
from portal.hiring.models import Posting
from portal.promotions import matching, operations, policy, queries
from portal.promotions.forms import WishForm
from portal.promotions.routes import bp

MOST_GAPS = 3


@bp.route("/my/openings", methods=["GET", "POST"])
@signed_in
def my_openings() -> ResponseReturnValue:
    """Open postings with how much of each the reader meets, and whether they are open to moves."""
    me = viewer()
    wish = db.session.scalar(queries.wish_of(me.person_id))
    form = WishForm.of(wish)
    if form.validate_on_submit():
        with refusals_to(form):
            _require_fresh(form, wish.version if wish else 0)
            operations.set_wish(
                is_open=form.is_open.data, role_ids=form.roles.data, site_ids=form.sites.data,
                by=me,
            )  # fmt: skip
            flash(_("Saved. HR sees it; your manager is not told."), "ok")
            return redirect(url_for("promotions.my_openings"), 303)
    found = matching.openings_for(me.person_id, wish, clock.today(me.time_zone))
    return form_page("promotions/my_openings.html", form, openings=found, wish=wish, most=MOST_GAPS)


def _require_fresh(form: WishForm, version: int) -> None:
    """Two tabs of one person: the second sees what the first said."""
    if form.version.data != version:
        form.version.data, form.version.raw_data = version, None
        raise Stale(
            _("Someone changed this while you had it open. Check it below, then save it again.")
        )


@bp.get("/hiring/postings/<int:posting_id>/inside")
@allowed(policy.see_inside, on=Posting)
def people_inside(posting: Posting) -> str:
    """People who are open to moves, the nearest to the posting's role first."""
    found = matching.people_inside(viewer(), posting, clock.today(viewer().time_zone))
    page = paged(found, request.args.get("cursor"))
    return render_template(
        "promotions/people_inside.html",
        posting=posting,
        page=page,
        total=len(found),
        titles=titles_of(found),
        most=MOST_GAPS,
    )


@bp.get("/hiring/postings/<int:posting_id>/inside/export/<any(csv, xlsx):kind>")
@allowed(policy.see_inside, on=Posting)
def export_people_inside(posting: Posting, kind: str) -> Response:
    """Download the list."""
    found = matching.people_inside(viewer(), posting, clock.today(viewer().time_zone))
    columns = (
        tables.Column(_l("Name"), "name"),
        tables.Column(_l("Role"), lambda one: one.row.role),
        tables.Column(_l("Team"), lambda one: one.row.team),
        tables.Column(_l("Site"), lambda one: one.row.site),
        *distance_columns(found),
    )
    return tables.export(found, columns, kind, _("People inside who fit"))
