"""Closing a goal with a result, or dropping it."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.core import clock
from portal.core.access import allowed
from portal.core.forms import Form, refusals_to
from portal.goals import operations, policy, queries, wording
from portal.goals.figures import progress_of
from portal.goals.forms import CloseForm, DropForm, is_stale
from portal.goals.models import Goal
from portal.goals.progress import Progress
from portal.goals.routes import bp


@bp.route("/goals/<int:goal_id>/close", methods=["GET", "POST"])
@allowed(policy.close_goal, on=Goal, options=queries.DETAILS)
def close_goal(goal: Goal) -> ResponseReturnValue:
    """Say how far it was reached; the present progress is suggested."""
    progress = progress_of([goal], clock.today(viewer().time_zone))[goal.id]
    form = CloseForm(data={"version": goal.version, "result": progress.percent})
    if form.validate_on_submit():
        if is_stale(form, goal):
            return _page(form, goal, progress), 409
        with refusals_to(form):
            result = int(form.result.data or 0)
            operations.close_goal(goal, result=result, outcome=form.outcome.data, by=viewer())
            flash(_("The goal is closed. The person is told."), "ok")
            return redirect(url_for("goals.goal", goal_id=goal.id), 303)
    return _page(form, goal, progress), 422 if form.errors else 200


@bp.route("/goals/<int:goal_id>/drop", methods=["GET", "POST"])
@allowed(policy.drop_goal, on=Goal, options=queries.DETAILS)
def drop_goal(goal: Goal) -> ResponseReturnValue:
    """Go after it no longer."""
    progress = progress_of([goal], clock.today(viewer().time_zone))[goal.id]
    form = DropForm(data={"version": goal.version})
    if form.validate_on_submit():
        if is_stale(form, goal):
            return _page(form, goal, progress), 409
        with refusals_to(form):
            operations.drop_goal(goal, reason=form.outcome.data, by=viewer())
            flash(_("The goal is dropped. The person is told."), "ok")
            return redirect(url_for("goals.goal", goal_id=goal.id), 303)
    return _page(form, goal, progress), 422 if form.errors else 200


def _page(form: Form, goal: Goal, progress: Progress) -> str:
    return render_template(
        "goals/close.html",
        form=form,
        goal=goal,
        progress=progress,
        drops=isinstance(form, DropForm),
        aim=wording.aim,
    )
