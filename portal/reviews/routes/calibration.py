"""Results side by side: how they spread, who rates how, changes with a reason, and release."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from portal.accounts.viewer import viewer
from portal.core import i18n, search, tables
from portal.core.access import allowed
from portal.core.db import db
from portal.core.errors import Stale
from portal.core.forms import check_version, refusal_to_field, refusals_to
from portal.core.returning import is_own_page
from portal.people import queries as people
from portal.people.forms import choices
from portal.people.models import Person, Role, Team, full_name
from portal.reviews import calibration as sides
from portal.reviews import operations, policy, queries
from portal.reviews.forms.calibration import RatingForm
from portal.reviews.models import Review, ReviewCycle
from portal.reviews.routes import bp
from portal.reviews.states import ReviewState


@dataclass(frozen=True)
class Asked:
    """What the address asks for, and everybody it finds."""

    bar: tables.FilterBar
    select: sa.Select[Any]


def _asked(cycle: ReviewCycle) -> Asked:
    chosen = request.args.get("team", "").strip()
    path = _path_of(chosen)
    managers = db.session.scalars(queries.managers_in(viewer(), cycle.id))
    bar = tables.FilterBar(
        (
            tables.Filter("q", _l("Name"),
                          lambda texts: Person.id.in_(search.matches("person", texts[0]))),
            tables.Filter("team", _l("Team"),
                          lambda _keys: people.within(Team.path, path) if path else sa.true(),
                          choices.upper_teams(chosen)),
            tables.Filter("role", _l("Role"), lambda keys: Role.id == keys[0], choices.roles()),
            tables.Filter("manager", _l("Manager"), lambda keys: Review.manager_id == keys[0],
                          [(one.id, one.display_name) for one in managers]),
            tables.Filter("state", _l("State"), lambda keys: Review.state == keys[0],
                          [ReviewState.CALIBRATION, ReviewState.RELEASED, ReviewState.SIGNED]),
        ),
        request.args,
    )  # fmt: skip
    return Asked(bar, bar.narrow(queries.results_of(viewer(), cycle.id)))


def _path_of(chosen: str) -> str | None:
    if not chosen.isdecimal() or len(chosen) > 9:
        return None
    team = db.session.get(Team, int(chosen))
    return team.path if team else None


@bp.get("/reviews/cycles/<int:cycle_id>/calibration")
@allowed(policy.see_calibration, on=ReviewCycle)
def calibration(cycle: ReviewCycle) -> str:
    """A group side by side."""
    asked = _asked(cycle)
    order = ((Person.by_name(), False), (Review.id, False))
    page = tables.page(asked.select, order=order, cursor=request.args.get("cursor"))
    everybody = db.session.execute(asked.select).all()
    return render_template(
        "reviews/calibration.html",
        cycle=cycle,
        asked=asked,
        page=page,
        total=len(everybody),
        chart=sides.spread(everybody),
        managers=sides.leniency(everybody),
        far=sum(sides.is_far(row) for row in everybody),
        least=sides.LEAST,
        base=url_for("reviews.calibration", cycle_id=cycle.id),
        **_row_tools(),
    )


def _row_tools() -> dict[str, Any]:
    """What a row of the table is drawn with."""
    return {
        "full_name": full_name,
        "manager_of": sides.manager_of,
        "is_far": sides.is_far,
        "may_change": _may_change(),
        "may_open": _may_open(),
    }


def _may_open() -> Any:  # noqa: ANN401 - a function for the template
    """Whether the name leads to the review: directors open what is signed, and what they lead."""
    who = viewer()
    only_signed = who.has_role("executive") and not who.has_role("hr")

    def may(row: Any) -> bool:  # noqa: ANN401
        return not only_signed or row.state is ReviewState.SIGNED or who.leads(row.team_path)

    return may


def _may_change() -> Any:  # noqa: ANN401 - a function for the template
    """Whether the viewer may change a row: ``policy.calibrate``, of what the row tells."""
    who = viewer()
    everywhere = who.has_role("hr", "executive")

    def may(row: Any) -> bool:  # noqa: ANN401
        above = everywhere or row.manager_id != who.person_id
        return row.state is ReviewState.CALIBRATION and above

    return may


@bp.get("/reviews/cycles/<int:cycle_id>/calibration/export/<any(csv, xlsx):kind>")
@allowed(policy.see_calibration, on=ReviewCycle)
def export_results(cycle: ReviewCycle, kind: str) -> Response:
    """Download the comparison as it is narrowed now."""
    asked = _asked(cycle)
    rows = db.session.execute(asked.select.order_by(Person.by_name(), Review.id))
    columns = (
        tables.Column(_l("Name"),
                      lambda row: full_name(row.given_name, row.family_name, row.language)),
        tables.Column(_l("Role"), "role"),
        tables.Column(_l("Team"), "team"),
        tables.Column(_l("Manager"), sides.manager_of),
        tables.Column(_l("Score"), lambda row: _rounded(row.score)),
        tables.Column(_l("Result"), "rating"),
        tables.Column(_l("Changes"), "changes"),
        tables.Column(_l("State"), "state"),
    )  # fmt: skip
    return tables.export(rows, columns, kind, i18n.words(cycle.name))


def _rounded(score: float | None) -> float | None:
    return None if score is None else round(score, 2)


@bp.route("/reviews/<int:review_id>/rating", methods=["GET", "POST"])
@allowed(policy.calibrate, on=Review, options=queries.WHOLE)
def change_rating(review: Review) -> ResponseReturnValue:
    """Another result, in the row of the table or on a page of its own."""
    form = RatingForm(rating=review.rating, version=review.version)
    status = 200
    if form.validate_on_submit():
        try:
            check_version(form, review)
            with refusals_to(form):
                operations.change_rating(
                    review, rating=form.rating.data, reason=form.reason.data, by=viewer()
                )
                return _changed(review)
        except Stale as stale:
            refusal_to_field(form, stale)
            status = 409
    part = request.headers.get("HX-Request") is not None
    template = "reviews/_rating_row.html" if part else "reviews/rating.html"
    body = render_template(template, form=form, review=review, back=_back(review))
    return body, 422 if form.errors and status == 200 else status


def _changed(review: Review) -> ResponseReturnValue:
    if request.headers.get("HX-Request") is None:
        flash(_("Changed."), "ok")
        return redirect(_back(review), 303)
    return _row(review)


@bp.get("/reviews/<int:review_id>/row")
@allowed(policy.calibrate, on=Review)
def result_row(review: Review) -> ResponseReturnValue:
    """One row of the table as it stands."""
    return _row(review)


def _row(review: Review) -> str:
    found = queries.results_of(viewer(), review.cycle_id).where(Review.id == review.id)
    row = db.session.execute(found).one()
    return render_template(
        "reviews/_result_row.html", row=row, cycle=review.cycle, **_row_tools(),
    )  # fmt: skip


def _back(review: Review) -> str:
    """The list as it was narrowed, or the whole."""
    return _way_back(review.cycle_id)


def _way_back(cycle_id: int) -> str:
    asked = request.values.get("back", "")
    return asked if is_own_page(asked) else url_for("reviews.calibration", cycle_id=cycle_id)


@bp.post("/reviews/cycles/<int:cycle_id>/results")
@allowed(policy.make_results, on=ReviewCycle)
def make_results(cycle: ReviewCycle) -> ResponseReturnValue:
    """Have every result made that can be."""
    number = operations.make_results(cycle, by=viewer())
    flash(ngettext("One result was made.", "%(num)s results were made.", number), "ok")
    return redirect(url_for("reviews.calibration", cycle_id=cycle.id), 303)


@bp.post("/reviews/cycles/<int:cycle_id>/release")
@allowed(policy.release_results, on=ReviewCycle)
def release_results(cycle: ReviewCycle) -> ResponseReturnValue:
    """Release the chosen results."""
    keys = [int(key) for key in request.form.getlist("id") if key.isdecimal() and len(key) < 10]
    number = operations.release_many(keys, cycle.id, by=viewer())
    flash(
        ngettext(
            "One review was released, and its person told.",
            "%(num)s reviews were released, and their people told.",
            number,
        ),
        "ok" if number else "warn",
    )
    return redirect(_way_back(cycle.id), 303)
