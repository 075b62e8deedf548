"""What if somebody leaves: asked in the address, kept only on request, compared side by side."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.core import clock, i18n
from portal.core.access import allowed
from portal.core.db import db
from portal.core.forms import form_page, refusals_to
from portal.core.i18n import words
from portal.people.models import Person, Team
from portal.succession import operations, policy, queries
from portal.succession.board import teams_planned
from portal.succession.effects import Effects
from portal.succession.forms.scenario import ScenarioForm
from portal.succession.models import Scenario
from portal.succession.routes import bp
from portal.succession.routes.bench import team_labels
from portal.succession.whatif import WhatIf, what_if

MOST_LEAVERS = 30
FOUND = 10
MOST_SHOWN = 50
"""As many holders are offered by a click; others are found by their name."""


def _asked_people() -> list[int]:
    """Who the address says leaves; only people the viewer may plan with."""
    given = [int(key) for key in request.args.getlist("leaver") if key.isdecimal()][:MOST_LEAVERS]
    allowed_ = queries.may_leave(viewer(), clock.today(viewer().time_zone))
    return list(
        db.session.scalars(allowed_.where(Person.id.in_(given)).with_only_columns(Person.id))
    )


def _asked_day() -> date:
    try:
        return date.fromisoformat(request.args.get("on", ""))
    except ValueError:
        return clock.today(viewer().time_zone)


def _page(form: ScenarioForm) -> ResponseReturnValue:
    teams = teams_planned(viewer())
    team = next((one for one in teams if str(one.id) == request.args.get("team")), None)
    asked = _asked_people()
    found = what_if(viewer(), asked, _asked_day(), team)
    text = request.args.get("q", "").strip()[:100]
    candidates: list[Person] = []
    if text:
        select = queries.may_leave(viewer(), found.day, text)
        candidates = list(db.session.scalars(select.limit(FOUND)))
    return form_page(
        "succession/whatif.html", form, found=found, team=team, teams=team_labels(teams),
        lost_lines=_lost_lines,
        scenarios=_scenarios(), q=text, candidates=candidates, most=MOST_SHOWN,
        address=partial(_address, asked),
    )  # fmt: skip


def _address(
    asked: Sequence[int], *, add: int | None = None, drop: int | None = None,
    view: str = "what_if_page",
) -> str:  # fmt: skip
    """The same question with somebody more or less."""
    people = [key for key in asked if key != drop]
    kept: dict[str, Any] = {
        key: request.args[key] for key in ("on", "team") if request.args.get(key)
    }
    leavers = [*people, add] if add is not None and add not in people else people
    return url_for(f"succession.{view}", leaver=leavers, **kept)


def _lost_lines(lost: Effects) -> list[tuple[str, str]]:
    """What is lost, kind by kind, with the names it is about."""
    found = (
        (_("Teams without a lead"), [words(row.name) for row in lost.leaderless]),
        (_("People who report to nobody"), [i18n.number(sum(lost.reports.values()))]
         if lost.reports else []),
        (_("Lose their mentor"), [pair.mentee.display_name for pair in lost.mentees]),
        (_("Reviews without a manager"), [row.person.display_name for row in lost.reviews]),
        (_("Onboarding without a manager"), [row.person.display_name for row in lost.onboarding]),
    )  # fmt: skip
    return [(label, i18n.listed(names)) for label, names in found if names]


def _scenarios() -> list[Scenario]:
    rows = db.session.scalars(queries.scenarios(viewer())).all()
    return [row for row in rows if policy.see_scenario(viewer(), row)]


@bp.get("/succession/what-if")
@allowed(policy.see_succession)
def what_if_page() -> ResponseReturnValue:
    """The question and its answer; nothing is kept."""
    return _page(ScenarioForm(formdata=None))


@bp.post("/succession/what-if/keep")
@allowed(policy.see_succession)
def keep_scenario() -> ResponseReturnValue:
    """Keep the question under a name."""
    form = ScenarioForm()
    if form.validate_on_submit():
        with refusals_to(form):
            asked = request.args.get("team", "")
            teams = teams_planned(viewer())
            team = next((one for one in teams if str(one.id) == asked), None) or teams[0]
            operations.save_scenario(
                name=form.name.data or "", note=form.note.data or "", team=team,
                leaver_ids=_asked_people(), leaves_on=_asked_day(), by=viewer(),
            )  # fmt: skip
            flash(_("Kept. It is worked out anew whenever it is opened."), "ok")
            return redirect(_address(_asked_people()), 303)
    return _page(form)


@bp.post("/succession/scenarios/<int:scenario_id>/remove")
@allowed(policy.see_scenario, on=Scenario)
def remove_scenario(scenario: Scenario) -> ResponseReturnValue:
    """Throw a kept question away."""
    operations.remove_scenario(scenario, by=viewer())
    flash(_("Removed."), "ok")
    return redirect(url_for("succession.what_if_page"), 303)


@bp.get("/succession/what-if/compare")
@allowed(policy.see_succession)
def compare_scenarios() -> str:
    """Kept questions side by side, as they stand today."""
    chosen = {int(key) for key in request.args.getlist("scenario") if key.isdecimal()}
    rows = _scenarios()
    found: list[tuple[Scenario, WhatIf]] = [
        (row, what_if(viewer(), row.leaver_ids, row.leaves_on, db.session.get(Team, row.team_id)))
        for row in rows
        if row.id in chosen
    ][:4]
    return render_template("succession/compare.html", found=found, scenarios=rows, chosen=chosen)
