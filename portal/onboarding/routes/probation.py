"""Pages about the end of a probation: propose, confirm or send back, and what follows."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.core.access import allowed
from portal.core.forms import Form, form_page, refusals_to
from portal.core.i18n import NATIVE_NAMES
from portal.onboarding import operations, policy
from portal.onboarding.forms import ProbationForm, ReturnForm
from portal.onboarding.models import OnboardingPlan, ProbationDecision
from portal.onboarding.routes import bp


@bp.route("/onboarding/plans/<int:plan_id>/probation", methods=["GET", "POST"])
@allowed(policy.propose_probation, on=OnboardingPlan)
def propose_probation(plan: OnboardingPlan) -> ResponseReturnValue:
    """Propose how the probation ends or goes on."""
    form = ProbationForm()
    if form.validate_on_submit():
        with refusals_to(form):
            decision = operations.propose_probation(
                plan, outcome=form.outcome.data, until=form.until.data, reason=form.reason.data,
                message=form.message.data, by=viewer(),
            )  # fmt: skip
            flash(_("Proposed. HR has been told and decides."), "ok")
            return _to(decision)
    language = NATIVE_NAMES.get(plan.person.language, plan.person.language)
    return form_page("onboarding/propose_probation.html", form, plan=plan, language=language)


@bp.get("/onboarding/probations/<int:decision_id>")
@allowed(policy.see_probation, on=ProbationDecision)
def probation(decision: ProbationDecision) -> ResponseReturnValue:
    """A proposal with its reason, and what HR made of it."""
    return _page(decision, ReturnForm(formdata=None))


@bp.post("/onboarding/probations/<int:decision_id>/confirm")
@allowed(policy.confirm_probation, on=ProbationDecision)
def confirm_probation(decision: ProbationDecision) -> ResponseReturnValue:
    """Make it the decision."""
    operations.confirm_probation(decision, by=viewer())
    flash(_("Confirmed. The letter is being prepared and the person has been told."), "ok")
    return _to(decision)


@bp.post("/onboarding/probations/<int:decision_id>/return")
@allowed(policy.return_probation, on=ProbationDecision)
def return_probation(decision: ProbationDecision) -> ResponseReturnValue:
    """Send it back to who proposed it."""
    form = ReturnForm()
    if form.validate_on_submit():
        with refusals_to(form):
            operations.return_probation(decision, note=form.note.data, by=viewer())
            flash(_("Sent back. Who proposed it has been told."), "ok")
            return _to(decision)
    return _page(decision, form)


@bp.post("/onboarding/probations/<int:decision_id>/end-employment")
@allowed(policy.end_employment, on=ProbationDecision)
def end_employment(decision: ProbationDecision) -> ResponseReturnValue:
    """End the employment on the day the decision names."""
    operations.end_employment(decision, by=viewer())
    flash(_("The employment has its last day now."), "ok")
    return _to(decision)


def _page(decision: ProbationDecision, form: Form) -> ResponseReturnValue:
    return form_page("onboarding/probation.html", form, decision=decision)


def _to(decision: ProbationDecision) -> ResponseReturnValue:
    return redirect(url_for(".probation", decision_id=decision.id), 303)
