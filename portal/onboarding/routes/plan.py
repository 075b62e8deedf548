"""One plan: its tasks by when they are due, progress, people, probation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.core import clock
from portal.core.access import allowed
from portal.core.db import db
from portal.core.forms import refusals_to
from portal.onboarding import operations, policy, queries
from portal.onboarding.forms import BuddyForm, EvidenceForm
from portal.onboarding.models import OnboardingPlan, OnboardingTask, ProbationDecision
from portal.onboarding.routes import bp
from portal.onboarding.states import DecisionState

WEEK = timedelta(days=7)

Sent = tuple[OnboardingTask, EvidenceForm]
"""A task with the form that came back for it."""


@bp.get("/onboarding/plans/<int:plan_id>")
@allowed(policy.see_plan, on=OnboardingPlan)
def plan(plan: OnboardingPlan) -> str:
    """The checklist of one hire."""
    return plan_page(plan)


@bp.post("/onboarding/plans/<int:plan_id>/buddy")
@allowed(policy.name_buddy, on=OnboardingPlan)
def name_buddy(plan: OnboardingPlan) -> ResponseReturnValue:
    """Choose a colleague who looks after the hire."""
    form = BuddyForm(plan)
    if form.validate_on_submit():
        with refusals_to(form):
            operations.name_buddy(plan, form.chosen(), by=viewer())
            who = form.chosen().display_name
            flash(_("%(who)s is the buddy now and has been told.", who=who), "ok")
            return redirect(url_for("onboarding.plan", plan_id=plan.id), 303)
    return plan_page(plan, buddy_form=form), 422


def plan_page(
    row: OnboardingPlan,
    *,
    buddy_form: BuddyForm | None = None,
    sent: Sent | None = None,
) -> str:
    """The plan, with a form that came back if there is one."""
    plan = db.session.scalars(queries.plan_with_tasks(row.id)).one()
    today = clock.today(plan.employment.site.time_zone)
    tasks = [task for task in plan.tasks if policy.see_task(viewer(), task)]
    may_name = policy.name_buddy(viewer(), plan) and plan.stopped_at is None
    return render_template(
        "onboarding/plan.html",
        plan=plan,
        today=today,
        groups=_groups(plan, tasks),
        done=sum(task.done_at is not None for task in tasks),
        total=len(tasks),
        holding=[task for task in plan.holding_start if task in tasks],
        blocking=[task for task in tasks if task.blocking and task.done_at is None],
        newer=_newer(plan),
        decisions=_decisions(plan),
        buddy_form=buddy_form or (BuddyForm(plan) if may_name else None),
        form=sent[1] if sent else buddy_form,
        form_of=partial(_form_of, sent),
        sent=sent[0] if sent else None,
    )


def _newer(plan: OnboardingPlan) -> Any:  # noqa: ANN401 - a template or nothing
    """For HR: the newer version of the template, while the plan is running."""
    if plan.template is None or plan.stopped_at or not plan.open_tasks:
        return None
    if not policy.update_plans(viewer(), plan.template):
        return None
    found = db.session.scalar(queries.published_version(plan.template.key))
    return found if found and found.number > plan.template.number else None


def _decisions(plan: OnboardingPlan) -> Sequence[ProbationDecision]:
    """All for those who answer for the plan; the hire sees what is confirmed, others nothing."""
    if not policy.see_whole_plan(viewer(), plan):
        return []
    found = db.session.scalars(queries.decisions_of(plan.id)).all()
    if policy.answer_for(viewer(), plan):
        return found
    return [one for one in found if one.state is DecisionState.CONFIRMED]


def _form_of(sent: Sent | None, task: OnboardingTask) -> EvidenceForm:
    return sent[1] if sent and sent[0] is task else EvidenceForm.of(task, formdata=None)


def _groups(plan: OnboardingPlan, tasks: list[OnboardingTask]) -> dict[str, list[OnboardingTask]]:
    """The tasks of the template by when they are due, and those that were asked for besides."""
    groups: dict[str, list[Any]] = {
        "before": [], "week": [], "later": [], "interview": [], "agreed": [],
    }  # fmt: skip
    for task in tasks:
        if task.from_interview:
            groups["interview"].append(task)
        elif task.agreed_at_id is not None:
            groups["agreed"].append(task)
        elif task.due_on < plan.starts_on:
            groups["before"].append(task)
        else:
            groups["week" if task.due_on < plan.starts_on + WEEK else "later"].append(task)
    return groups
