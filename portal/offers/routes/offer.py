"""Pages of offers for HR, hiring managers and directors."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.core import audit
from portal.core.access import allowed
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.forms import check_version, form_page, refusal_to_field, refusals_to
from portal.core.tables import page
from portal.hiring.models import Application
from portal.hiring.operations import band_of
from portal.hiring.queries import names_of
from portal.offers import operations, policy, queries
from portal.offers.forms import ApprovalForm, OfferForm
from portal.offers.models import Offer
from portal.offers.routes import bp
from portal.offers.states import OfferState
from portal.offers.terms import approvals_needed

SIZE = 50
TRAIL = 50


@bp.get("/offers")
@allowed(policy.see_offers)
def offers() -> str:
    """The offers the viewer may see, newest first, by state."""
    chosen = request.args.get("state", "")
    states = {str(state): state for state in OfferState}
    select = queries.offers_visible_to(viewer())
    if chosen in states:
        select = select.where(Offer.state == states[chosen])
    found = page(select, order=[(Offer.id, True)], size=SIZE, cursor=request.args.get("cursor"))
    return render_template("offers/offers.html", page=found, chosen=chosen, states=OfferState)


@bp.route("/offers/new/<int:application_id>", methods=["GET", "POST"])
@allowed(policy.make_offer, on=Application)
def make_offer(application: Application) -> ResponseReturnValue:
    """Draft an offer to an applicant."""
    form = OfferForm.fresh(application)
    if form.validate_on_submit():
        with refusals_to(form):
            made = operations.make_offer(application, form.terms(), by=viewer())
            flash(_("Offer drafted. Send it for approval when the terms are right."), "ok")
            return redirect(_url(made), 303)
    return _form_page(form, application, None)


@bp.get("/offers/<int:offer_id>")
@allowed(policy.see_offer, on=Offer)
def offer(offer: Offer) -> str:
    """The record: terms, approvals, letter, trail and the next step."""
    return _record(offer, ApprovalForm())


@bp.route("/offers/<int:offer_id>/edit", methods=["GET", "POST"])
@allowed(policy.change_offer, on=Offer)
def change_offer(offer: Offer) -> ResponseReturnValue:
    """Change the terms; approvals of other terms no longer count."""
    form = OfferForm.of(offer)
    if form.validate_on_submit():
        with refusals_to(form):
            check_version(form, offer)
            operations.change_offer(offer, form.terms(), by=viewer())
            flash(_("Terms saved."), "ok")
            return redirect(_url(offer), 303)
    return _form_page(form, offer.application, offer)


@bp.post("/offers/<int:offer_id>/submit")
@allowed(policy.change_offer, on=Offer)
def submit_offer(offer: Offer) -> ResponseReturnValue:
    """Ask for approval."""
    operations.submit_offer(offer, by=viewer())
    flash(_("Sent for approval. The approvers have been told."), "ok")
    return redirect(_url(offer), 303)


@bp.post("/offers/<int:offer_id>/decide")
@allowed(policy.approve_offer, on=Offer)
def decide_offer(offer: Offer) -> ResponseReturnValue:
    """Approve exactly the terms on the page, or refuse them."""
    form = ApprovalForm()
    if form.validate_on_submit():
        agreed = form.agreed.data == "yes"
        decide = operations.approve_offer if agreed else operations.refuse_offer
        try:
            decide(offer, seen_terms=form.terms.data, note=form.note.data, by=viewer())
        except Refused as refused:
            if refused.field not in form:
                raise
            refusal_to_field(form, refused)
        else:
            flash(_("You approved these terms.") if agreed else _("You refused these terms."), "ok")
            return redirect(_url(offer), 303)
    return _record(offer, form), 422


@bp.post("/offers/<int:offer_id>/send")
@allowed(policy.send_offer, on=Offer)
def send_offer(offer: Offer) -> ResponseReturnValue:
    """Mail letter and link to the candidate."""
    operations.send_offer(offer, by=viewer())
    flash(_("The offer is on its way to %(who)s.", who=offer.application.display_name), "ok")
    return redirect(_url(offer), 303)


@bp.post("/offers/<int:offer_id>/withdraw")
@allowed(policy.withdraw_offer, on=Offer)
def withdraw_offer(offer: Offer) -> ResponseReturnValue:
    """Take it back."""
    operations.withdraw_offer(offer, by=viewer())
    flash(_("Offer withdrawn."), "ok")
    return redirect(_url(offer), 303)


def _url(offer: Offer) -> str:
    return url_for("offers.offer", offer_id=offer.id)


def _form_page(
    form: OfferForm, application: Application, offer: Offer | None
) -> ResponseReturnValue:
    requisition = application.posting.requisition
    band = band_of(requisition.role, requisition.site)
    return form_page(
        "offers/offer_form.html",
        form,
        application=application,
        offer=offer,
        band=band,
        requisition=requisition,
    )


def _record(offer: Offer, form: ApprovalForm) -> str:
    trail = db.session.scalars(audit.of(offer).limit(TRAIL)).all()
    makers = {event.account_id for event in trail if event.account_id}
    return render_template(
        "offers/offer.html",
        offer=offer,
        form=form,
        trail=trail,
        names={key: name for key, name in db.session.execute(names_of(makers))},  # noqa: C416 - rows
        needed=approvals_needed(offer),
        holding=[a for a in offer.approvals if a.terms_hash == offer.terms_hash],
        band=band_of(offer.role, offer.site),
    )
