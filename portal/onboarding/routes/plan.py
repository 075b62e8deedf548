"""Pages of plans: what is due from the reader, and one plan with its tasks."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.core import clock
from portal.core.access import allowed, signed_in
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.forms import refusal_to_field
from portal.core.tables import page
from portal.onboarding import operations, policy, queries
from portal.onboarding.forms import BuddyForm, EvidenceForm
from portal.onboarding.models import OnboardingPlan, OnboardingTask
from portal.onboarding.routes import bp

AHEAD = timedelta(days=14)
SOME = 30
MOST = 300
SIZE = 25
WEEK = timedelta(days=7)

Sent = tuple[OnboardingTask, EvidenceForm]
"""A task with the form that came back for it."""


@bp.get("/onboarding")
@signed_in
def onboarding() -> str:
    """What is due from the reader in all plans, and the plans they may see."""
    today = clock.today(viewer().time_zone)
    most = MOST if request.args.get("tasks") == "all" else SOME
    due = queries.open_tasks_of(viewer(), until=today + AHEAD).limit(most + 1)
    found = db.session.scalars(due).all()
    tasks = found[:most]
    groups = (
        ("late", [task for task in tasks if task.due_on < today]),
        ("today", [task for task in tasks if task.due_on == today]),
        ("coming", [task for task in tasks if task.due_on > today]),
    )
    finished = request.args.get("show") == "finished"
    select = queries.plans_visible_to(viewer())
    select = select.where(~queries.has_open_task() if finished else queries.has_open_task())
    order = [(OnboardingPlan.starts_on, True), (OnboardingPlan.id, True)]
    plans = page(select, order=order, size=SIZE, cursor=request.args.get("cursor"))
    counts = db.session.execute(queries.progress([plan.id for plan in plans.rows]))
    return render_template(
        "onboarding/onboarding.html",
        groups=groups,
        page=plans,
        finished=finished,
        more=len(found) > most and most == SOME,
        progress={plan_id: (total, done) for plan_id, total, done in counts},
    )


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
        try:
            operations.name_buddy(plan, form.chosen(), by=viewer())
        except Refused as refused:
            refusal_to_field(form, refused)
        else:
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
    done = sum(task.done_at is not None for task in tasks)
    may_name = policy.name_buddy(viewer(), plan)
    return render_template(
        "onboarding/plan.html",
        plan=plan,
        today=today,
        groups=_groups(plan, tasks),
        done=done,
        total=len(tasks),
        blocking=[task for task in tasks if task.blocking and task.done_at is None],
        buddy_form=buddy_form or (BuddyForm(plan) if may_name else None),
        form=sent[1] if sent else buddy_form,
        form_of=partial(_form_of, sent),
        sent=sent[0] if sent else None,
    )


def _form_of(sent: Sent | None, task: OnboardingTask) -> EvidenceForm:
    return sent[1] if sent and sent[0] is task else EvidenceForm.of(task, formdata=None)


def _groups(plan: OnboardingPlan, tasks: list[OnboardingTask]) -> dict[str, list[OnboardingTask]]:
    """The tasks of the template by when they are due, and those the interview asked for."""
    groups: dict[str, list[Any]] = {"before": [], "week": [], "later": [], "interview": []}
    for task in tasks:
        if task.from_interview:
            groups["interview"].append(task)
        elif task.due_on < plan.starts_on:
            groups["before"].append(task)
        else:
            groups["week" if task.due_on < plan.starts_on + WEEK else "later"].append(task)
    return groups
