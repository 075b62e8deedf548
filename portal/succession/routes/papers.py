"""The organisation chart with its bench, and the papers."""

from __future__ import annotations

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.viewer import viewer
from portal.core import clock
from portal.core.access import allowed
from portal.succession import operations, policy
from portal.succession.board import bench_of, row_of, teams_planned
from portal.succession.charting import MOST, organisation
from portal.succession.models import KeyPosition
from portal.succession.papers import plan_of, unit_of
from portal.succession.routes import bp
from portal.succession.routes.bench import chosen_team, team_labels
from portal.succession.routes.positions import WHOLE_PLAN


@bp.get("/succession/chart")
@allowed(policy.see_succession)
def organisation_chart() -> str:
    """Teams with their key positions, holders and successors, drawn and as a table."""
    teams = teams_planned(viewer())
    team = chosen_team(teams)
    found = bench_of(viewer(), clock.today(viewer().time_zone), team)
    return render_template(
        "succession/chart.html",
        bench=found,
        chart=organisation(found, teams),
        most=MOST,
        team=team,
        teams=team_labels(teams),
        base=url_for("succession.organisation_chart"),
    )


@bp.post("/succession/print")
@allowed(policy.see_succession)
def print_unit() -> ResponseReturnValue:
    """Have the bench of a unit printed; without a team, of everything one plans for."""
    teams = teams_planned(viewer())
    team = chosen_team(teams) or next(iter(teams), None) or abort(404)
    found = bench_of(viewer(), clock.today(viewer().time_zone), team)
    document = operations.print_unit(team, unit_of(found, team, teams, viewer()), by=viewer())
    return redirect(url_for("documents.read_document", document_id=document.id), 303)


@bp.post("/succession/positions/<int:key_position_id>/print")
@allowed(policy.plan_position, on=KeyPosition, options=WHOLE_PLAN)
def print_position(key_position: KeyPosition) -> ResponseReturnValue:
    """Have the plan of a position printed."""
    row = row_of(viewer(), key_position, clock.today(viewer().time_zone))
    document = operations.print_plan(key_position, plan_of(row, viewer()), by=viewer())
    return redirect(url_for("documents.read_document", document_id=document.id), 303)
