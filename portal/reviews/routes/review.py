"""The page of one review, from the first part to both signatures and every edition."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.core import audit, clock
from portal.core.access import allowed, can
from portal.core.db import db
from portal.core.documents import Document, codec, documents_of
from portal.core.errors import Stale
from portal.core.forms import check_version, refusals_to
from portal.core.forms.base import refusal_to_field
from portal.reviews import operations, policy, queries
from portal.reviews.documents import KIND
from portal.reviews.forms.signing import NoteForm, ReasonForm, SignForm, talk_form
from portal.reviews.models import Review, ReviewRecord
from portal.reviews.packet import packet_of
from portal.reviews.routes import bp
from portal.reviews.states import PartState, ReviewsFact


@bp.get("/reviews/<int:review_id>")
@allowed(policy.see_review, on=Review, options=queries.WHOLE)
def review(review: Review) -> str:
    """The review with whatever the viewer may see of it today."""
    who = viewer()
    if who.person_id not in {review.person_id, review.manager_id}:
        audit.record_reading(ReviewsFact.READ, review, by=who, about=review.person_id)
    seen = can(policy.see_result, review)
    return render_template(
        "reviews/review.html",
        review=review,
        own=policy.is_about(who, review),
        packet=packet_of(review) if seen else None,
        own_part=_own_part(review),
        why_not=operations.why_not(review) if can(policy.make_result, review) else "",
        may_make=can(policy.make_result, review),
        editions=_editions(review),
        today=clock.today(who.time_zone),
    )


def _own_part(review: Review) -> Any:  # noqa: ANN401 - a part or none
    """What the viewer writes or has written in it."""
    kept = {PartState.OPEN, PartState.SUBMITTED}
    own = [p for p in review.parts if p.author_id == viewer().person_id and p.state in kept]
    return next(iter(own), None)


def _editions(review: Review) -> list[tuple[ReviewRecord, Document | None]]:
    """Signed editions with their papers, the newest first, as far as the viewer may read them."""
    rows = [row for row in reversed(review.records) if can(policy.see_record, row)]
    return [(row, db.session.scalar(documents_of(row, KIND).limit(1))) for row in rows]


@bp.get("/reviews/editions/<int:record_id>")
@allowed(policy.see_record, on=ReviewRecord)
def edition(record: ReviewRecord) -> str:
    """A signed edition as it was signed; it stays the same whatever comes later."""
    who = viewer()
    review = record.review
    if who.person_id not in {review.person_id, review.manager_id}:
        audit.record_reading(ReviewsFact.READ, record, by=who, about=review.person_id)
    return render_template(
        "reviews/edition.html",
        record=record,
        review=review,
        packet=codec.decode(record.content),
        document=db.session.scalar(documents_of(record, KIND).limit(1)),
    )


@bp.post("/reviews/<int:review_id>/result")
@allowed(policy.make_result, on=Review, options=queries.WHOLE)
def make_result(review: Review) -> ResponseReturnValue:
    """Have the score made."""
    operations.make_result(review, by=viewer())
    flash(_("The result is made. It can be compared with others now."), "ok")
    return _to(review)


@bp.route("/reviews/<int:review_id>/talk", methods=["GET", "POST"])
@allowed(policy.change_plan, on=Review, options=queries.WHOLE)
def change_plan(review: Review) -> ResponseReturnValue:
    """What the talk came to, and the plan."""
    form = talk_form(review, summary=can(policy.change_summary, review))
    status = 200
    if form.validate_on_submit():
        try:
            check_version(form, review)
            with refusals_to(form):
                summary = form.summary.data if "summary" in form else None
                operations.change_talk(review, summary=summary, plan=form.plan(), by=viewer())
                flash(_("Saved. Both of you see it."), "ok")
                return _to(review)
        except Stale as stale:
            refusal_to_field(form, stale)
            status = 409
    body, code = _form("reviews/talk.html", form, review)
    return body, status if status != 200 else code


@bp.route("/reviews/<int:review_id>/sign", methods=["GET", "POST"])
@allowed(policy.sign, on=Review, options=queries.WHOLE)
def sign(review: Review) -> ResponseReturnValue:
    """Sign as the person or the manager."""
    form = SignForm()
    if form.validate_on_submit():
        with refusals_to(form):
            operations.sign(
                review, agrees=form.agrees.data == "yes", comment=form.comment.data or "",
                by=viewer(),
            )  # fmt: skip
            flash(_("Signed."), "ok")
            return _to(review)
    return _form("reviews/sign.html", form, review)


@bp.route("/reviews/<int:review_id>/unsigned", methods=["GET", "POST"])
@allowed(policy.note_unsigned, on=Review, options=queries.WHOLE)
def note_unsigned(review: Review) -> ResponseReturnValue:
    """Say why it stays unsigned."""
    form = NoteForm(note=review.note)
    if form.validate_on_submit():
        with refusals_to(form):
            operations.note_unsigned(review, note=form.note.data, by=viewer())
            flash(_("Noted. The review stays open and is listed when the cycle is closed."), "ok")
            return _to(review)
    return _form("reviews/unsigned.html", form, review)


@bp.route("/reviews/<int:review_id>/reopen", methods=["GET", "POST"])
@allowed(policy.reopen, on=Review, options=queries.WHOLE)
def reopen(review: Review) -> ResponseReturnValue:
    """Begin another edition of a signed review."""
    form = ReasonForm()
    if form.validate_on_submit():
        with refusals_to(form):
            operations.reopen(review, reason=form.reason.data, by=viewer())
            flash(_("Reopened. The signed edition stays as it is."), "ok")
            return _to(review)
    return _form("reviews/reopen.html", form, review)


def _form(template: str, form: Any, review: Review) -> tuple[str, int]:  # noqa: ANN401
    body = render_template(template, form=form, review=review)
    return body, 422 if form.errors else 200


def _to(review: Review) -> ResponseReturnValue:
    return redirect(url_for("reviews.review", review_id=review.id), 303)
