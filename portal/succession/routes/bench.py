"""The bench: every key position with holder, successors, alarms, and how well it is covered."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Response, abort, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.accounts.viewer import viewer
from portal.core import clock, i18n, tables
from portal.core.access import allowed
from portal.people.forms.choices import in_order
from portal.people.models import Team
from portal.succession import coverage, policy
from portal.succession.board import Bench, Row, bench_of, paged, teams_planned
from portal.succession.routes import bp
from portal.succession.states import Alarm
from portal.succession.wording import seat_name


@bp.get("/succession")
@allowed(policy.see_succession)
def bench() -> str:
    """Cover, depth, simultaneous cover, who is spread thin, and all positions."""
    teams = teams_planned(viewer())
    team = chosen_team(teams)
    found = bench_of(viewer(), clock.today(viewer().time_zone), team)
    return render_template(
        "succession/bench.html",
        bench=found,
        page=paged(found.rows, request.args.get("cursor")),
        team=team,
        teams=team_labels(teams),
        index=coverage.index(found.posts),
        alarms=list(_alarms(found)),
        position_names=lambda keys: [
            seat_name(found.row(key).key_position.position) for key in keys
        ],
        people_names=lambda keys: [found.people[key].display_name for key in keys],
        base=url_for("succession.bench"),
    )


@bp.get("/succession/export/<any(csv, xlsx):kind>")
@allowed(policy.see_succession)
def export_bench(kind: str) -> Response:
    """Download the positions as they are narrowed now."""
    team = chosen_team(teams_planned(viewer()))
    found = bench_of(viewer(), clock.today(viewer().time_zone), team)

    def successors(row: Row) -> list[str]:
        return [
            f"{one.nominee.display_name} ({i18n.words(one.level.name)})"
            for one in row.approved if one.level
        ]  # fmt: skip

    columns = (
        tables.Column(_l("Position"), lambda row: row.key_position.position.code),
        tables.Column(_l("Role"), lambda row: row.key_position.position.role.title),
        tables.Column(_l("Team"), lambda row: row.key_position.position.team.name),
        tables.Column(_l("Holder"), lambda row: row.holder.display_name if row.holder else ""),
        tables.Column(_l("Impact"), lambda row: row.assessment and row.assessment.impact.label),
        tables.Column(_l("Risk of loss"), lambda row: row.assessment and row.assessment.risk.label),
        tables.Column(_l("Successors"), successors),
        tables.Column(
            _l("Emergency cover"),
            lambda row: [one.nominee.display_name for one in row.approved if one.is_emergency],
        ),
        tables.Column(_l("Alarms"), lambda row: [str(one.alarm.label) for one in row.warnings]),
    )
    return tables.export(found.rows, columns, kind, _("Succession"))


def chosen_team(teams: list[Team]) -> Team | None:
    """The team asked for; one the viewer does not plan for is not there."""
    asked = request.args.get("team", "")
    if not asked:
        return None
    return next((team for team in teams if str(team.id) == asked), None) or abort(404)


def team_labels(teams: list[Team]) -> list[tuple[int, str]]:
    """Teams to choose from, set in by their depth."""
    return [
        (team.id, "\u2003" * (team.path.count("/") - 2) + i18n.words(team.name))
        for team in in_order(teams)
    ]


def _alarms(found: Bench) -> Iterator[tuple[Alarm, int]]:
    """How often each alarm is raised, in the order of their weight."""
    raised = [one.alarm for row in found.rows for one in row.warnings]
    for alarm in Alarm:
        if alarm in raised:
            yield alarm, raised.count(alarm)
