"""The rounds of a plan: added, named, ordered, removed."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.core.access import allowed
from portal.core.db import db
from portal.core.forms import form_page, refusals_to
from portal.interviews import operations, policy
from portal.interviews.forms import RoundForm
from portal.interviews.models import InterviewPlan, PlanRound
from portal.interviews.routes.blueprint import bp


@bp.post("/interviews/plans/<int:plan_id>/rounds")
@allowed(policy.change_plan, on=InterviewPlan)
def add_round(plan: InterviewPlan) -> ResponseReturnValue:
    """Add a round, to be named and filled with questions."""
    added = operations.add_round(plan, by=viewer())
    db.session.flush()
    flash(_("Round added. Change the plan to put questions into it."), "ok")
    return redirect(url_for(".plan", plan_id=plan.id, _anchor=f"round-{added.id}"), 303)


@bp.route("/interviews/rounds/<int:plan_round_id>", methods=["GET", "POST"])
@allowed(policy.change_round, on=PlanRound)
def change_round(plan_round: PlanRound) -> ResponseReturnValue:
    """Set name, length and panel of a round."""
    form = RoundForm(obj=plan_round)
    if form.validate_on_submit():
        wanted = form.data
        with refusals_to(form):
            operations.change_round(
                plan_round,
                name=wanted["name"],
                minutes=wanted["minutes"],
                panel_size=wanted["panel_size"],
                by=viewer(),
            )
            flash(_("Round saved."), "ok")
            return redirect(url_for(".plan", plan_id=plan_round.plan_id), 303)
    return form_page("interviews/change_round.html", form, plan_round=plan_round)


@bp.post("/interviews/rounds/<int:plan_round_id>/move")
@allowed(policy.change_round, on=PlanRound)
def move_round(plan_round: PlanRound) -> ResponseReturnValue:
    """Hold a round earlier or later."""
    operations.move_round(plan_round, later=request.form.get("to") == "later", by=viewer())
    flash(_("The order of the rounds is changed."), "ok")
    return redirect(url_for(".plan", plan_id=plan_round.plan_id), 303)


@bp.post("/interviews/rounds/<int:plan_round_id>/remove")
@allowed(policy.change_round, on=PlanRound)
def remove_round(plan_round: PlanRound) -> ResponseReturnValue:
    """Take an empty round out of the plan."""
    plan_id = plan_round.plan_id
    operations.remove_round(plan_round, by=viewer())
    flash(_("Round removed."), "ok")
    return redirect(url_for(".plan", plan_id=plan_id), 303)
