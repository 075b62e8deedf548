"""Writing a goal down, and changing one: a draft at once, an agreed goal by asking."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.core import clock
from portal.core.access import allowed
from portal.core.db import db
from portal.core.forms import form_page, refusals_to
from portal.goals import operations, policy, queries
from portal.goals.forms import GoalForm, data_of, fresh_data, is_stale
from portal.goals.models import Goal
from portal.goals.operations.conditions import parents_for
from portal.goals.routes import bp
from portal.goals.states import GoalState
from portal.people.models import Person, Team


@bp.route("/goals/people/<int:person_id>/add", methods=["GET", "POST"])
@allowed(policy.add_goal, on=Person)
def add_goal(person: Person) -> ResponseReturnValue:
    """Write down a goal for somebody, and propose it if that is asked."""
    return _add(person, None)


@bp.route("/goals/teams/<int:team_id>/add", methods=["GET", "POST"])
@allowed(policy.add_team_goal, on=Team)
def add_team_goal(team: Team) -> ResponseReturnValue:
    """Write down a goal for a team."""
    return _add(None, team)


def _add(person: Person | None, team: Team | None) -> ResponseReturnValue:
    form = GoalForm(data=fresh_data(clock.today(viewer().time_zone)))
    del form.reason
    _offer(form, person, team, None)
    if form.validate_on_submit():
        with refusals_to(form), db.session.begin_nested():
            goal = operations.draft_goal(form.terms(), person=person, team=team, by=viewer())
            return _kept(goal)
    return form_page("goals/goal_form.html", form, person=person, team=team, goal=None)


@bp.route("/goals/<int:goal_id>/change", methods=["GET", "POST"])
@allowed(policy.change_goal, on=Goal, options=queries.DETAILS)
def change_goal(goal: Goal) -> ResponseReturnValue:
    """Write a draft anew, or suggest other terms for an agreed goal."""
    form = GoalForm(data=data_of(goal))
    if goal.state is GoalState.DRAFT:
        del form.reason
    _offer(form, goal.person, goal.team, goal)
    if form.validate_on_submit():
        if is_stale(form, goal):
            return _page(form, goal), 409
        with refusals_to(form), db.session.begin_nested():
            return _changed(goal, form)
    return _page(form, goal), 422 if form.errors else 200


def _page(form: GoalForm, goal: Goal) -> str:
    return render_template(
        "goals/goal_form.html", form=form, person=goal.person, team=goal.team, goal=goal
    )


def _changed(goal: Goal, form: GoalForm) -> ResponseReturnValue:
    if goal.state is GoalState.DRAFT:
        operations.change_draft(goal, form.terms(goal), by=viewer())
        return _kept(goal)
    operations.propose_change(goal, form.terms(goal), reason=form.reason.data or "", by=viewer())
    flash(
        _("The team's goal is changed.") if goal.team is not None
        else _("Your change waits for the other side. Until then the goal stays as it is."),
        "ok",
    )  # fmt: skip
    return redirect(url_for("goals.goal", goal_id=goal.id), 303)


def _kept(goal: Goal) -> ResponseReturnValue:
    """Say what happened to a draft: proposed at once if that button was pressed."""
    if request.form.get("then") == "propose":
        operations.propose_goal(goal, by=viewer())
        flash(proposed_words(goal), "ok")
    else:
        flash(_("The draft is saved. Only you see it."), "ok")
    db.session.flush()
    return redirect(url_for("goals.goal", goal_id=goal.id), 303)


def proposed_words(goal: Goal) -> str:
    """What is said once a goal left the desk of who wrote it."""
    text: str
    if goal.team is not None:
        text = _("The goal is set. Everybody in the team sees it.")
    elif goal.person_id == viewer().person_id:
        text = _("Proposed. Your manager is asked to agree.")
    else:
        text = _("Proposed. %(who)s is asked to agree.", who=_name(goal))
    return text


def _name(goal: Goal) -> str:
    return goal.person.display_name if goal.person else ""


def _offer(form: GoalForm, person: Person | None, team: Team | None, goal: Goal | None) -> None:
    """The goals it may contribute to; a team's goal has no weight."""
    if team is not None:
        del form.weight
    parents = parents_for(viewer(), person, team)
    if goal is not None and goal.parent is not None and goal.parent not in parents:
        parents.append(goal.parent)
    form.parent.offer = [
        (one.id, one.title, _whose(one, person)) for one in parents if one is not goal
    ]


def _whose(parent: Goal, person: Person | None) -> str:
    text: str
    if parent.team is not None:
        text = _("Goals of the team")
    elif person is not None and parent.person_id == person.id:
        text = _("Own goals")
    else:
        text = _("Goals of %(who)s", who=_name(parent))
    return text
