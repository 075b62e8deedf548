"""Ticking tasks, undoing that, the files that show it, and handing tasks over."""

from __future__ import annotations

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.accounts.viewer import viewer
from portal.core import files
from portal.core.access import allowed
from portal.core.errors import NotFound, Refused
from portal.core.forms import form_page, refusal_to_field, refusals_to
from portal.core.i18n import words
from portal.onboarding import operations, policy
from portal.onboarding.forms import EvidenceForm, HandOverForm
from portal.onboarding.models import OnboardingTask
from portal.onboarding.routes import bp
from portal.onboarding.routes.plan import plan_page


@bp.post("/onboarding/tasks/<int:task_id>/finish")
@allowed(policy.finish_task, on=OnboardingTask)
def finish_task(task: OnboardingTask) -> ResponseReturnValue:
    """Tick a task; the message offers to undo it."""
    form = EvidenceForm.of(task)
    if form.validate_on_submit():
        try:
            operations.finish_task(
                task, evidence=form.evidence.data, file=form.stored_file(), by=viewer()
            )
        except Refused as refused:
            if refused.field is None:
                raise
            refusal_to_field(form, refused)
        else:
            undo = url_for("onboarding.reopen_task", task_id=task.id)
            flash({"text": _("Done: %(task)s", task=words(task.title)), "undo": undo}, "ok")  # type: ignore[arg-type]
            return redirect(_place(task), 303)
    return plan_page(task.plan, sent=(task, form)), 422


@bp.post("/onboarding/tasks/<int:task_id>/reopen")
@allowed(policy.reopen_task, on=OnboardingTask)
def reopen_task(task: OnboardingTask) -> ResponseReturnValue:
    """Undo ticking it."""
    operations.reopen_task(task, by=viewer())
    flash(_("Open again: %(task)s", task=words(task.title)), "ok")
    return redirect(_place(task), 303)


@bp.get("/onboarding/tasks/<int:task_id>/evidence")
@allowed(policy.read_evidence, on=OnboardingTask)
def task_evidence(task: OnboardingTask) -> Response:
    """The file that shows that a task is done."""
    if task.evidence_file is None:
        raise NotFound
    return files.respond(task.evidence_file)


@bp.route("/onboarding/tasks/<int:task_id>/hand-over", methods=["GET", "POST"])
@allowed(policy.hand_over, on=OnboardingTask)
def hand_over(task: OnboardingTask) -> ResponseReturnValue:
    """Give a task, or all of its owner's, to another person."""
    form = HandOverForm.of(task)
    if form.validate_on_submit():
        with refusals_to(form):
            to = form.chosen()
            number = operations.hand_over(task, to, reach=form.reach.data, by=viewer())
            flash(
                ngettext(
                    "%(who)s has one task more and has been told.",
                    "%(who)s has %(num)s tasks more and has been told.",
                    number,
                    who=to.display_name,
                ),
                "ok",
            )
            return redirect(_place(task), 303)
    return form_page("onboarding/hand_over.html", form, task=task)


def _place(task: OnboardingTask) -> str:
    """Where the button was pressed: the list of what is due, or the plan."""
    if request.form.get("back") == "due":
        return url_for("onboarding.onboarding")
    return url_for("onboarding.plan", plan_id=task.plan_id, _anchor=f"task-{task.id}")
