"""The tree of teams: add, change, move, lead."""

from __future__ import annotations

from typing import TypeVar

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.core import clock
from portal.core.access import allowed
from portal.core.db import Model, db
from portal.core.forms import form_page, refusals_to
from portal.people import operations, policy, queries
from portal.people.forms import LeadForm, MoveForm, NewTeamForm, TeamForm, choices
from portal.people.models import Person, Site, Team
from portal.people.routes.blueprint import bp

Row = TypeVar("Row", bound=Model)


@bp.get("/settings/teams")
@allowed(policy.set_up)
def teams() -> ResponseReturnValue:
    """Show the tree with how many people work in each team."""
    rows = list(db.session.scalars(queries.team_tree()))
    heads = {row.team_id: row.heads for row in db.session.execute(queries.heads(clock.today()))}
    return render_template("people/teams.html", teams=choices.in_order(rows), heads=heads)


@bp.route("/settings/teams/add", methods=["GET", "POST"])
@allowed(policy.set_up)
def add_team() -> ResponseReturnValue:
    """Add a team to the tree."""
    form = NewTeamForm()
    if form.validate_on_submit():
        with refusals_to(form):
            operations.add_team(
                name=form.name.data,
                parent=_row(Team, form.parent.data),
                site=db.session.get_one(Site, form.site.data),
                lead=_row(Person, form.lead.data),
                by=viewer(),
            )
            flash(_("The team is there."), "ok")
            return redirect(url_for("people.teams"), 303)
    return form_page("people/team_form.html", form)


@bp.route("/settings/teams/<int:team_id>", methods=["GET", "POST"])
@allowed(policy.change_team, on=Team)
def team(team: Team) -> ResponseReturnValue:
    """Rename a team or place it elsewhere; below that, move it and choose its lead."""
    form = TeamForm(data={"name": team.name, "site": team.site_id})
    if form.validate_on_submit():
        with refusals_to(form):
            operations.change_team(
                team,
                name=form.name.data,
                site=db.session.get_one(Site, form.site.data),
                by=viewer(),
            )
            flash(_("Saved."), "ok")
            return redirect(url_for("people.teams"), 303)
    return _page(team, form)


@bp.post("/settings/teams/<int:team_id>/move")
@allowed(policy.move_team, on=Team)
def move_team(team: Team) -> ResponseReturnValue:
    """Hang a team, with everything below it, elsewhere."""
    form = MoveForm()
    if form.validate_on_submit():
        with refusals_to(form):
            operations.move_team(team, parent=_row(Team, form.parent.data), by=viewer())
            flash(_("The team has its new place, with all that belongs to it."), "ok")
            return redirect(url_for("people.teams"), 303)
    return _page(team, move=form)


@bp.post("/settings/teams/<int:team_id>/lead")
@allowed(policy.set_team_lead, on=Team)
def set_team_lead(team: Team) -> ResponseReturnValue:
    """Choose who leads a team."""
    form = LeadForm()
    if form.validate_on_submit():
        with refusals_to(form):
            operations.set_team_lead(team, lead=_row(Person, form.lead.data), by=viewer())
            flash(_("Saved. The lead sees the team from the next page on."), "ok")
            return redirect(url_for("people.teams"), 303)
    return _page(team, lead=form)


def _row(model: type[Row], key: int | None) -> Row | None:
    return db.session.get(model, key) if key is not None else None


def _page(
    team: Team,
    form: TeamForm | None = None,
    *,
    move: MoveForm | None = None,
    lead: LeadForm | None = None,
) -> ResponseReturnValue:
    form = form or TeamForm(formdata=None, data={"name": team.name, "site": team.site_id})
    move = move or MoveForm(formdata=None, data={"parent": team.parent_id})
    lead = lead or LeadForm(formdata=None, data={"lead": team.lead_id})
    wrong = next((one for one in (move, lead) if one.errors), form)
    return form_page("people/team.html", wrong, team=team, change=form, move=move, lead=lead)
