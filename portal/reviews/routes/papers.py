"""Papers of a cycle: the list, an order for several of them, and its file."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from portal.accounts.viewer import viewer
from portal.core import files, search, tables
from portal.core.access import allowed
from portal.core.db import db
from portal.core.errors import NotFound
from portal.core.forms import refusals_to
from portal.people import queries as people
from portal.people.forms import choices
from portal.people.models import Person, Team, full_name
from portal.reviews import operations, policy, queries
from portal.reviews.forms.papers import BatchForm
from portal.reviews.models import ReviewBatch, ReviewCycle, ReviewRecord
from portal.reviews.routes import bp


def _bar() -> tables.FilterBar:
    chosen = request.args.get("team", "").strip()
    team = db.session.get(Team, int(chosen)) if chosen.isdecimal() and len(chosen) < 10 else None
    path = team.path if team else None
    return tables.FilterBar(
        (
            tables.Filter("q", _l("Name"),
                          lambda texts: Person.id.in_(search.matches("person", texts[0]))),
            tables.Filter("team", _l("Team"),
                          lambda _keys: people.within(Team.path, path) if path else sa.true(),
                          choices.upper_teams(chosen)),
        ),
        request.args,
    )  # fmt: skip


@bp.route("/reviews/cycles/<int:cycle_id>/papers", methods=["GET", "POST"])
@allowed(policy.print_reviews, on=ReviewCycle)
def papers(cycle: ReviewCycle) -> ResponseReturnValue:
    """Signed reviews with their papers; posting puts those of the list together."""
    bar, form = _bar(), BatchForm()
    select = bar.narrow(queries.papers_of(viewer(), cycle.id))
    if form.validate_on_submit():
        with refusals_to(form):
            wanted = select.with_only_columns(ReviewRecord.id).order_by(ReviewRecord.id)
            keys = list(db.session.scalars(wanted))
            batch = operations.order_papers(cycle, keys, form.kind.data, by=viewer())
            return redirect(url_for("reviews.batch", batch_id=batch.id), 303)
    order = ((Person.by_name(), False), (ReviewRecord.id, False))
    body = render_template(
        "reviews/papers.html",
        cycle=cycle,
        bar=bar,
        form=form,
        page=tables.page(select, order=order, cursor=request.args.get("cursor")),
        total=tables.count(select).number,
        full_name=full_name,
        base=url_for("reviews.papers", cycle_id=cycle.id),
        here=_here(cycle, bar),
    )
    return body, 422 if form.errors else 200


def _here(cycle: ReviewCycle, bar: tables.FilterBar) -> str:
    """The list as it is narrowed now: what is put together."""
    narrowed: dict[str, Any] = dict(bar.arguments())
    return url_for("reviews.papers", cycle_id=cycle.id, **narrowed)


@bp.get("/reviews/batches/<int:batch_id>")
@allowed(policy.see_batch, on=ReviewBatch)
def batch(batch: ReviewBatch) -> str:
    """How far an order is."""
    part = request.headers.get("HX-Request") is not None
    return render_template("reviews/_batch.html" if part else "reviews/batch.html", batch=batch)


@bp.get("/reviews/batches/<int:batch_id>/file")
@allowed(policy.see_batch, on=ReviewBatch)
def batch_file(batch: ReviewBatch) -> ResponseReturnValue:
    """The file of an order."""
    if batch.file is None:
        raise NotFound
    return files.respond(batch.file)
