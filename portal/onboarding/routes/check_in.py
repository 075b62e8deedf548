"""The page of a check-in: both write, agree on actions, and say when they met."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.core import clock
from portal.core.access import allowed
from portal.core.forms import Form, refusals_to
from portal.onboarding import operations, policy
from portal.onboarding.forms import AgreeForm, HeldForm, WordsForm
from portal.onboarding.models import OnboardingCheckIn
from portal.onboarding.routes import bp


@bp.get("/onboarding/check-ins/<int:check_in_id>")
@allowed(policy.see_check_in, on=OnboardingCheckIn)
def check_in(check_in: OnboardingCheckIn) -> ResponseReturnValue:
    """What both say, and what was agreed."""
    return _page(check_in)


@bp.post("/onboarding/check-ins/<int:check_in_id>/words")
@allowed(policy.write_for_check_in, on=OnboardingCheckIn)
def write_for_check_in(check_in: OnboardingCheckIn) -> ResponseReturnValue:
    """Keep one's own part."""
    form = WordsForm()
    if form.validate_on_submit():
        with refusals_to(form):
            operations.write_for_check_in(check_in, form.words.data, by=viewer())
            return _back(check_in, _("Saved. The other one can read it now."))
    return _page(check_in, words_form=form)


@bp.post("/onboarding/check-ins/<int:check_in_id>/actions")
@allowed(policy.hold_check_in, on=OnboardingCheckIn)
def agree_on(check_in: OnboardingCheckIn) -> ResponseReturnValue:
    """Make what was agreed a task."""
    form = AgreeForm()
    if form.validate_on_submit():
        assert form.due_on.data is not None
        with refusals_to(form):
            operations.agree_on(
                check_in, title=form.title.data, owner=form.owner.data, due_on=form.due_on.data,
                by=viewer(),
            )  # fmt: skip
            return _back(check_in, _("Agreed. It is a task of the plan now."))
    return _page(check_in, agree_form=form)


@bp.post("/onboarding/check-ins/<int:check_in_id>/held")
@allowed(policy.hold_check_in, on=OnboardingCheckIn)
def hold_check_in(check_in: OnboardingCheckIn) -> ResponseReturnValue:
    """Say when it was held."""
    form = HeldForm()
    if form.validate_on_submit():
        assert form.held_on.data is not None
        with refusals_to(form):
            operations.hold_check_in(check_in, held_on=form.held_on.data, by=viewer())
            return _back(check_in, _("The check-in was held and is a record now."))
    return _page(check_in, held_form=form)


def _back(check_in: OnboardingCheckIn, message: str) -> ResponseReturnValue:
    flash(message, "ok")
    return redirect(url_for(".check_in", check_in_id=check_in.id), 303)


def _page(check_in: OnboardingCheckIn, **sent: Form) -> ResponseReturnValue:
    """The page, with the form that came back if there is one."""
    plan = check_in.task.plan
    today = clock.today(plan.employment.site.time_zone)
    own = viewer().person_id == plan.person_id
    written = check_in.hire_words if own else check_in.manager_words
    fresh: dict[str, Any] = {"formdata": None}
    forms: dict[str, Form] = {
        "words_form": WordsForm(words=written, **fresh),
        "agree_form": AgreeForm(**fresh),
        "held_form": HeldForm(held_on=today, **fresh),
    }
    back = next(iter(sent.values()), None)
    body = render_template(
        "onboarding/check_in.html",
        check_in=check_in,
        plan=plan,
        own=own,
        today=today,
        agreed=[task for task in plan.tasks if task.agreed_at_id == check_in.task_id],
        form=back,
        **(forms | sent),
    )
    return body, 422 if back is not None else 200
