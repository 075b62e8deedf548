"""The person's own page: the promotion and its letter, and their yes or no."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.core.access import allowed, signed_in
from portal.core.db import db
from portal.core.forms import form_page, refusals_to
from portal.promotions import documents, operations, policy, queries
from portal.promotions.forms import ConsentForm, NoForm
from portal.promotions.models import Promotion
from portal.promotions.routes import bp
from portal.promotions.states import TOLD


@bp.get("/my/promotion")
@signed_in
def my_promotion() -> str:
    """What the reader has been told of, and whatever they answered."""
    own = db.session.scalar(queries.own_offer(viewer().person_id, TOLD))
    return render_template("promotions/my_promotion.html", promotion=own)


@bp.route("/my/promotion/<int:promotion_id>/accept", methods=["GET", "POST"])
@allowed(policy.answer_promotion, on=Promotion)
def accept_promotion(promotion: Promotion) -> ResponseReturnValue:
    """Say yes."""
    form = ConsentForm()
    if form.validate_on_submit():
        with refusals_to(form):
            operations.accept_promotion(promotion, by=viewer())
            flash(_("You accepted. Congratulations!"), "ok")
            return redirect(url_for("promotions.my_promotion"), 303)
    return form_page(
        "promotions/accept.html", form, promotion=promotion, consent=documents.consent_to(promotion)
    )


@bp.route("/my/promotion/<int:promotion_id>/decline", methods=["GET", "POST"])
@allowed(policy.answer_promotion, on=Promotion)
def decline_promotion(promotion: Promotion) -> ResponseReturnValue:
    """Say no, with a word if they like."""
    form = NoForm()
    if form.validate_on_submit():
        with refusals_to(form):
            operations.decline_promotion(promotion, note=form.note.data or "", by=viewer())
            flash(_("You declined. Nothing changes in your present work."), "ok")
            return redirect(url_for("promotions.my_promotion"), 303)
    return form_page("promotions/decline.html", form, promotion=promotion)
