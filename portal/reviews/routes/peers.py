"""Peers of a review: proposed, agreed to or not, taken back."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.core import search
from portal.core.access import allowed
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.forms import form_page, refusals_to
from portal.people.models import Person
from portal.people.operations import SEARCH_KIND
from portal.reviews import operations, policy, queries
from portal.reviews.forms.nomination import WhyForm
from portal.reviews.models import Review, ReviewPart
from portal.reviews.routes import bp
from portal.reviews.states import PartState


@bp.route("/reviews/<int:review_id>/peers", methods=["GET", "POST"])
@allowed(policy.see_peers, on=Review)
def peers(review: Review) -> ResponseReturnValue:
    """Who is named, and a search for colleagues."""
    problem = ""
    if request.method == "POST":
        try:
            return _name(review)
        except Refused as refused:
            db.session.rollback()
            problem = refused.message
    wanted = request.values.get("q", "").strip()[:100]
    found = db.session.execute(_matching(wanted)).all() if wanted else []
    named = db.session.scalars(queries.peers_of(review.id)).all()
    body = render_template(
        "reviews/peers.html",
        review=review,
        cycle=review.cycle,
        named=named,
        known={part.author_id for part in named if part.state is not PartState.UNUSED},
        handed_in=sum(part.state is PartState.SUBMITTED for part in named),
        asked=sum(part.state in {PartState.OPEN, PartState.SUBMITTED} for part in named),
        found=found,
        wanted=wanted,
        problem=problem,
        states=PartState,
        most=review.cycle.peers_wanted + operations.SPARE,
    )
    return body, 422 if problem else 200


def _matching(wanted: str) -> sa.Select[Any]:
    return queries.people_to_name(Person.id.in_(search.matches(SEARCH_KIND, wanted)))


def _name(review: Review) -> ResponseReturnValue:
    sent = request.form.get("peer", "")
    peer = db.session.get(Person, int(sent)) if sent.isdecimal() and len(sent) < 10 else None
    if peer is None:
        raise Refused(_("Choose somebody from the list."))
    if not policy.name_peers(viewer(), review):
        raise Refused(_("Peers are named while parts are written."))
    part = operations.name_peer(review, peer, by=viewer())
    if part.state is PartState.OPEN:
        flash(_("%(who)s is asked now.", who=peer.display_name), "ok")
    else:
        flash(_("%(who)s is proposed. Your manager agrees or not.", who=peer.display_name), "ok")
    return redirect(url_for(".peers", review_id=review.id), 303)


@bp.post("/reviews/parts/<int:part_id>/agree")
@allowed(policy.decide_peer, on=ReviewPart)
def agree_to_peer(part: ReviewPart) -> ResponseReturnValue:
    """Agree to a proposed peer."""
    operations.decide_peer(part, agreed=True, by=viewer())
    flash(_("%(who)s is asked now.", who=part.author.display_name), "ok")
    return redirect(url_for(".peers", review_id=part.review_id), 303)


@bp.route("/reviews/parts/<int:part_id>/refuse", methods=["GET", "POST"])
@allowed(policy.decide_peer, on=ReviewPart)
def refuse_peer(part: ReviewPart) -> ResponseReturnValue:
    """Not agree to a proposed peer, with a reason for the person."""
    form = WhyForm()
    if form.validate_on_submit():
        with refusals_to(form):
            operations.decide_peer(part, agreed=False, reason=form.reason.data, by=viewer())
            flash(_("Not agreed to. The person was told why."), "ok")
            return redirect(url_for(".peers", review_id=part.review_id), 303)
    return form_page("reviews/refuse_peer.html", form, part=part, review=part.review)


@bp.post("/reviews/parts/<int:part_id>/withdraw")
@allowed(policy.withdraw_peer, on=ReviewPart)
def withdraw_peer(part: ReviewPart) -> ResponseReturnValue:
    """Take one's own proposal back."""
    operations.withdraw_peer(part, by=viewer())
    flash(_("Taken back."), "ok")
    return redirect(url_for(".peers", review_id=part.review_id), 303)
