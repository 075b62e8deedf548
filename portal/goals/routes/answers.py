"""Proposing a goal, agreeing to it or not, and the same for changes."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.core.access import allowed
from portal.core.forms import refusals_to
from portal.goals import operations, policy, queries
from portal.goals.forms import AnswerForm, ChangeAnswerForm, is_stale
from portal.goals.models import Goal, GoalChange
from portal.goals.routes import bp
from portal.goals.routes.goal import goal_page
from portal.goals.routes.writing import proposed_words


@bp.post("/goals/<int:goal_id>/propose")
@allowed(policy.propose_goal, on=Goal)
def propose_goal(goal: Goal) -> ResponseReturnValue:
    """Put a draft before the other side."""
    operations.propose_goal(goal, by=viewer())
    flash(proposed_words(goal), "ok")
    return _to(goal)


@bp.post("/goals/<int:goal_id>/discard")
@allowed(policy.discard_goal, on=Goal)
def discard_goal(goal: Goal) -> ResponseReturnValue:
    """Throw a draft away."""
    person, team = goal.person, goal.team
    operations.discard_draft(goal, by=viewer())
    flash(_("The draft is gone."), "ok")
    if team is not None:
        return redirect(url_for("goals.team_goals", team_id=team.id), 303)
    assert person is not None
    if person.id == viewer().person_id:
        return redirect(url_for("goals.my_goals"), 303)
    return redirect(url_for("goals.person_goals", person_id=person.id), 303)


@bp.post("/goals/<int:goal_id>/withdraw")
@allowed(policy.withdraw_goal, on=Goal)
def withdraw_goal(goal: Goal) -> ResponseReturnValue:
    """Make a proposal a draft again."""
    operations.withdraw_goal(goal, by=viewer())
    flash(_("Withdrawn: it is your draft again."), "ok")
    return _to(goal)


@bp.post("/goals/<int:goal_id>/answer")
@allowed(policy.agree_goal, on=Goal, options=queries.DETAILS)
def answer_goal(goal: Goal) -> ResponseReturnValue:
    """Agree to a proposal, or send it back."""
    form = AnswerForm()
    if form.validate_on_submit():
        if is_stale(form, goal):
            return goal_page(goal, answer_form=form), 409
        with refusals_to(form):
            if request.form.get("decision") == "agree":
                operations.agree_goal(goal, by=viewer())
                flash(_("Agreed. The goal counts from now on."), "ok")
                return _to(goal)
            operations.return_goal(goal, note=form.note.data, by=viewer())
            flash(_("Sent back with your words."), "ok")
            return redirect(_list_of(goal), 303)
    return goal_page(goal, answer_form=form), 422


@bp.post("/goals/changes/<int:goal_change_id>/answer")
@allowed(policy.decide_change, on=GoalChange)
def answer_change(goal_change: GoalChange) -> ResponseReturnValue:
    """Agree to other terms, or decline them."""
    form, agreed = ChangeAnswerForm(), request.form.get("decision") == "agree"
    goal = goal_change.goal
    if form.validate_on_submit():
        if is_stale(form, goal_change):
            return goal_page(goal, change_form=form), 409
        with refusals_to(form):
            operations.decide_change(
                goal_change, agreed=agreed, answer=form.answer.data, by=viewer()
            )
            flash(_("The change is agreed.") if agreed else _("The change is declined."), "ok")
            return _to(goal)
    return goal_page(goal, change_form=form), 422


@bp.post("/goals/changes/<int:goal_change_id>/withdraw")
@allowed(policy.withdraw_change, on=GoalChange)
def withdraw_change(goal_change: GoalChange) -> ResponseReturnValue:
    """Take a suggestion back."""
    operations.withdraw_change(goal_change, by=viewer())
    flash(_("Withdrawn: the goal stays as it is."), "ok")
    return _to(goal_change.goal)


def _to(goal: Goal) -> ResponseReturnValue:
    return redirect(url_for("goals.goal", goal_id=goal.id), 303)


def _list_of(goal: Goal) -> str:
    if goal.person_id == viewer().person_id:
        return url_for("goals.my_goals")
    return url_for("goals.person_goals", person_id=goal.person_id)
