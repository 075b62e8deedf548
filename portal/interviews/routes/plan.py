"""The interview plan of a requisition: made from the role, changed, pinned."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.core.access import allowed
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.forms import check_version, refusal_to_field
from portal.hiring.models import Requisition
from portal.interviews import operations, policy, queries
from portal.interviews.forms import PlanForm
from portal.interviews.models import InterviewPlan, Question
from portal.interviews.routes.blueprint import bp


@bp.post("/interviews/requisitions/<int:requisition_id>/plan")
@allowed(policy.make_plan, on=Requisition)
def make_plan(requisition: Requisition) -> ResponseReturnValue:
    """Draft a plan from what the role asks for; one that is there already is shown."""
    plan = db.session.scalar(queries.plan_of(requisition.id))
    if plan is None:
        plan = operations.make_plan(requisition, by=viewer())
        flash(_("Drafted from the role. Look it over, then pin it."), "ok")
    return redirect(url_for(".plan", plan_id=plan.id), 303)


@bp.get("/interviews/plans/<int:plan_id>")
@allowed(policy.see_plan, on=InterviewPlan)
def plan(plan: InterviewPlan) -> ResponseReturnValue:
    """What every candidate of a requisition is asked, and how much each competency weighs."""
    loaded = db.session.scalars(queries.plan_of(plan.requisition_id)).one()
    return render_template("interviews/plan.html", plan=loaded)


@bp.route("/interviews/plans/<int:plan_id>/edit", methods=["GET", "POST"])
@allowed(policy.change_plan, on=InterviewPlan)
def change_plan(plan: InterviewPlan) -> ResponseReturnValue:
    """Set cut, weights, and the questions of each round."""
    plan = db.session.scalars(queries.plan_of(plan.requisition_id)).one()
    bank = db.session.scalars(queries.bank_for(plan)).all()
    form = PlanForm(data={"version": plan.version, "cut": plan.cut / 100})
    form.start(plan)
    if request.method == "POST":
        numbers_fit = form.read(request.form, plan, bank)
        if form.validate() and numbers_fit and _changed(form, plan, bank):
            flash(_("Plan saved."), "ok")
            return redirect(url_for(".plan", plan_id=plan.id), 303)
    body = render_template("interviews/change_plan.html", plan=plan, bank=bank, form=form)
    return body, 422 if request.method == "POST" else 200


def _changed(form: PlanForm, plan: InterviewPlan, bank: Sequence[Question]) -> bool:
    try:
        check_version(form, plan)
        operations.change_plan(
            plan,
            cut=form.cut_read(),
            weights=form.weights_read(),
            questions=form.questions_read(plan, bank),
            by=viewer(),
        )
    except Refused as refused:
        refusal_to_field(form, refused)
        return False
    return True


@bp.post("/interviews/plans/<int:plan_id>/publish")
@allowed(policy.change_plan, on=InterviewPlan)
def publish_plan(plan: InterviewPlan) -> ResponseReturnValue:
    """Pin the plan."""
    operations.publish_plan(plan, by=viewer())
    flash(_("Pinned. From now on everyone is asked the same."), "ok")
    return redirect(url_for(".plan", plan_id=plan.id), 303)
