"""Who could be named: proposals by the function of *My path*, and the form that names them."""

from __future__ import annotations

import sqlalchemy as sa
from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.accounts.viewer import viewer
from portal.careers.distance import Candidate, candidates, paged, titles_of
from portal.core import clock, search, tables
from portal.core.access import allowed, row_or_404
from portal.core.db import db
from portal.core.forms import form_page, refusals_to
from portal.people.forms import choices
from portal.people.models import Person, Site
from portal.people.operations import SEARCH_KIND
from portal.succession import operations, policy, queries
from portal.succession.forms.nomination import NominationForm
from portal.succession.models import KeyPosition
from portal.succession.routes import bp
from portal.succession.routes.positions import SEAT

MOST_GAPS = 3


def _filters() -> tuple[tables.Filter, ...]:
    return (
        tables.Filter(
            "q", _l("Name"), lambda texts: Person.id.in_(search.matches(SEARCH_KIND, texts[0]))
        ),
        tables.Filter("site", _l("Site"), lambda keys: Site.id == keys[0], choices.sites()),
    )


@bp.get("/succession/positions/<int:key_position_id>/candidates")
@allowed(policy.change_position, on=KeyPosition, options=SEAT)
def position_candidates(key_position: KeyPosition) -> str:
    """People by how much they meet of what the role asks, the nearest first."""
    day, bar = clock.today(viewer().time_zone), tables.FilterBar(_filters(), request.args)
    role = key_position.position.role
    found: list[Candidate] = candidates(
        bar.narrow(queries.could_be_named(viewer(), key_position, day)), role, day
    )
    page = paged(found, request.args.get("cursor"))
    return render_template(
        "succession/candidates.html",
        key_position=key_position,
        bar=bar,
        page=page,
        total=len(found),
        titles=titles_of(found),
        most=MOST_GAPS,
        base=url_for("succession.position_candidates", key_position_id=key_position.id),
    )


@bp.route(
    "/succession/positions/<int:key_position_id>/nominate/<int:person_id>", methods=["GET", "POST"]
)
@allowed(policy.change_position, on=KeyPosition, options=SEAT)
def nominate(key_position: KeyPosition, person_id: int) -> ResponseReturnValue:
    """Propose somebody for a position."""
    person: Person = row_or_404(Person, person_id)
    if not policy.place_person(viewer(), person):
        abort(403)
    levels = db.session.scalars(queries.levels()).all()
    form = NominationForm()
    form.offer(levels)
    if form.validate_on_submit():
        with refusals_to(form):
            operations.nominate(key_position, person, **form.terms(levels), by=viewer())
            flash(_("Proposed. It counts once a second person has approved it."), "ok")
            return redirect(url_for("succession.position", key_position_id=key_position.id), 303)
    day = clock.today(viewer().time_zone)
    one = sa.select(Person.id).where(Person.id == person.id)
    found = candidates(
        queries.could_be_named(viewer(), key_position, day).where(Person.id.in_(one)),
        key_position.position.role, day,
    )  # fmt: skip
    return form_page(
        "succession/nomination_form.html", form, key_position=key_position, person=person,
        candidate=found[0] if found else None, nomination=None,
        titles=titles_of(found),
    )  # fmt: skip
