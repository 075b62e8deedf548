"""Pages of requisitions: the list, the form, the record and its approval."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.saved_views import saved_views
from portal.accounts.viewer import viewer
from portal.core import audit
from portal.core.access import allowed
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.forms import check_version, form_page, refusal_to_field, refusals_to
from portal.core.tables import FilterBar, page
from portal.hiring import operations, parts, policy, queries
from portal.hiring.forms import ApprovalForm, DecisionForm, RequisitionForm
from portal.hiring.forms.requisition_list import requisition_filters
from portal.hiring.models import Requisition
from portal.hiring.routes import bp
from portal.hiring.routes.overview import PAGE, names_by_id, spoken, state_views
from portal.hiring.states import RequisitionState

TRAIL = 50


@bp.get("/requisitions")
@allowed(policy.see_hiring)
def requisitions() -> str:
    """The requisitions the viewer may see, newest first."""
    bar = FilterBar(requisition_filters(viewer()), request.args)
    views, chosen = state_views(Requisition.state, RequisitionState, "hiring.requisitions", bar)
    select = bar.narrow(queries.requisition_rows(viewer()))
    if chosen is not None:
        select = select.where(Requisition.state == chosen)
    order = [(Requisition.created_at, True), (Requisition.id, True)]
    found = page(select, order=order, size=PAGE, cursor=request.args.get("cursor"))
    saved = saved_views("hiring.requisitions", narrowed=chosen is not None or bool(bar))
    return render_template(
        "hiring/requisitions.html", page=found, views=views, chosen=chosen, saved=saved, bar=bar
    )


@bp.route("/requisitions/new", methods=["GET", "POST"])
@allowed(policy.open_requisition)
def open_requisition() -> ResponseReturnValue:
    """Ask for head-count."""
    form = RequisitionForm()
    if form.validate_on_submit():
        with refusals_to(form):
            requisition = operations.open_requisition(**form.terms(), by=viewer())
            flash(_("Saved as a draft. Send it for approval when it is ready."), "ok")
            return redirect(_url(requisition), 303)
    return _form_page(form, None)


@bp.get("/requisitions/pay")
@allowed(policy.open_requisition)
def pay_fields() -> str:
    """The pay fields for the role and site chosen so far, filled in from the band."""
    form = RequisitionForm(formdata=request.args)
    if band := form.band:
        form.pay_minimum.raw_data = form.pay_maximum.raw_data = None
        form.pay_minimum.data, form.pay_maximum.data = band.minimum, band.maximum
    return render_template("hiring/_requisition_pay.html", form=form)


@bp.get("/requisitions/<int:requisition_id>")
@allowed(policy.read_requisition, on=Requisition)
def requisition(requisition: Requisition) -> str:
    """The record: terms, steps, postings and trail."""
    return _record(requisition, DecisionForm())


@bp.route("/requisitions/<int:requisition_id>/edit", methods=["GET", "POST"])
@allowed(policy.change_requisition, on=Requisition)
def change_requisition(requisition: Requisition) -> ResponseReturnValue:
    """Change the terms of a draft."""
    if not requisition.is_changeable:
        raise Refused(_("The terms can't change any more: they were sent for approval."))
    form = RequisitionForm.of(requisition)
    if form.validate_on_submit():
        with refusals_to(form):
            check_version(form, requisition)
            operations.change_requisition(requisition, **form.terms(), by=viewer())
            flash(_("Changes saved."), "ok")
            return redirect(_url(requisition), 303)
    return _form_page(form, requisition)


@bp.route("/requisitions/<int:requisition_id>/submit", methods=["GET", "POST"])
@allowed(policy.change_requisition, on=Requisition)
def submit_requisition(requisition: Requisition) -> ResponseReturnValue:
    """Name the approvers and send it to them."""
    form = ApprovalForm(requisition)
    if form.validate_on_submit():
        with refusals_to(form):
            check_version(form, requisition)
            operations.submit_requisition(requisition, steps=form.steps(), by=viewer())
            flash(_("Sent for approval. The approvers have been told."), "ok")
            return redirect(_url(requisition), 303)
    return form_page("hiring/requisition_submit.html", form, requisition=requisition)


@bp.post("/requisitions/<int:requisition_id>/decide")
@allowed(policy.decide_step, on=Requisition)
def decide_step(requisition: Requisition) -> ResponseReturnValue:
    """Agree to the open step, or refuse."""
    form = DecisionForm()
    step = requisition.open_step
    if step is None:
        raise Refused(_("This step is not open for a decision now."))
    if form.validate_on_submit():
        agreed = form.agreed.data == "yes"
        try:
            operations.decide_step(step, agreed=agreed, note=form.note.data, by=viewer())
        except Refused as refused:
            if refused.field not in form:
                raise
            refusal_to_field(form, refused)
        else:
            said = _("You agreed.") if agreed else _("You refused, and the requester was told.")
            flash(said, "ok")
            return redirect(_url(requisition), 303)
    return _record(requisition, form), 422


@bp.post("/requisitions/<int:requisition_id>/cancel")
@allowed(policy.change_requisition, on=Requisition)
def cancel_requisition(requisition: Requisition) -> ResponseReturnValue:
    """Give it up."""
    operations.cancel_requisition(requisition, by=viewer())
    flash(_("Requisition cancelled."), "ok")
    return redirect(_url(requisition), 303)


def _url(requisition: Requisition) -> str:
    return url_for("hiring.requisition", requisition_id=requisition.id)


def _form_page(form: RequisitionForm, requisition: Requisition | None) -> ResponseReturnValue:
    return form_page("hiring/requisition_form.html", form, requisition=requisition)


def _record(requisition: Requisition, form: DecisionForm) -> str:
    people = {key for step in requisition.steps for key in step.approver_ids}
    trail = db.session.scalars(audit.of(requisition).limit(TRAIL)).all()
    people |= {event.account_id for event in trail if event.account_id}
    names = names_by_id(people)
    postings = db.session.execute(queries.postings_of(requisition.id)).all()
    step = requisition.open_step
    return render_template(
        "hiring/requisition.html",
        requisition=requisition,
        form=form,
        names=names,
        approvers={
            one.id: ", ".join(names[key] for key in one.approver_ids) for one in requisition.steps
        },
        trail=trail,
        postings=[(row, spoken(row.languages)) for row in postings],
        band=operations.band_of(requisition.role, requisition.site),
        my_step=step if step is not None and step.waits_for(viewer()) else None,
        parts=parts.requisition_parts.shown(requisition, viewer()),
    )
