"""The talent grid: everybody in their box, one person's history, calibration sessions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.core import audit, clock
from portal.core.access import allowed, row_or_404
from portal.core.db import db
from portal.core.forms import form_page, refusals_to
from portal.people.models import Person, Team
from portal.people.queries import within
from portal.succession import operations, policy, queries
from portal.succession.forms.grid import PlacementForm, SessionForm
from portal.succession.gridding import Shift, grid_of, shifts
from portal.succession.models import GridPlacement, GridSession, TalentGrid
from portal.succession.routes import bp
from portal.succession.routes.bench import team_labels
from portal.succession.states import SuccessionFact


def _teams() -> list[Team]:
    """Teams the viewer may look at in the grid."""
    found = sa.select(Team).order_by(Team.path)
    if not policy.plans_all(viewer()):
        led = [within(Team.path, path) for path in viewer().led_paths]
        found = found.where(sa.or_(sa.false(), *led))
    return list(db.session.scalars(found))


def _session() -> GridSession | None:
    """The session the address names, if the viewer may see it."""
    asked = request.args.get("session", "")
    if not asked.isdecimal():
        return None
    session: GridSession = row_or_404(GridSession, int(asked))
    return session if policy.see_session(viewer(), session) else abort(403)


def _grid() -> TalentGrid:
    return db.session.scalar(queries.grid_in_use()) or abort(404)


@bp.get("/succession/grid")
@allowed(policy.see_succession)
def talent_grid() -> str:
    """Everybody one may place, by box; with a session, what was changed in it."""
    grid = db.session.scalar(queries.grid_in_use())
    if grid is None:
        return render_template("succession/no_grid.html")
    session, teams = _session(), _teams()
    asked = str(session.team_id) if session else request.args.get("team", "")
    team = next((one for one in teams if str(one.id) == asked), None)
    if team is None and teams:
        team = teams[0]
    day = clock.today(viewer().time_zone)
    rows = db.session.scalars(queries.placed_in(session.id)).all() if session else []
    own = viewer().person_id
    changed = {row.placed_person_id: row for row in rows if row.placed_person_id != own}
    return render_template(
        "succession/grid.html",
        # A session shows the grid it was held with.
        found=grid_of(viewer(), session.grid if session else grid, day, team),
        team=team,
        teams=team_labels(teams),
        session=session,
        sessions=[
            one for one in db.session.scalars(queries.sessions())
            if policy.see_session(viewer(), one)
        ],
        changed=changed,
        shifts=_shifts(session, rows, day),
        base=url_for("succession.talent_grid"),
    )  # fmt: skip


def _shifts(session: GridSession | None, placed: Sequence[GridPlacement], day: date) -> list[Shift]:
    """The boxes before and after a session, if anything was changed in it."""
    if session is None or not placed:
        return []
    first, last = min(row.id for row in placed), max(row.id for row in placed)
    before, after = (
        grid_of(viewer(), session.grid, day, session.team, until) for until in (first - 1, last)
    )
    return shifts(before, after)


@bp.route("/succession/grid/people/<int:person_id>", methods=["GET", "POST"])
@allowed(policy.place_person, on=Person)
def place_person(person: Person) -> ResponseReturnValue:
    """Where somebody stood and why, and the form that places them anew."""
    grid, session = _grid(), _session()
    form = PlacementForm(data={"box": request.args.get("box")})
    form.offer(grid)
    if form.validate_on_submit():
        with refusals_to(form):
            x, y = form.place
            operations.place_person(
                person, x=x, y=y, evidence=form.evidence.data or "", session=session, by=viewer()
            )
            flash(_("Placed."), "ok")
            return redirect(_back(person, session), 303)
    if request.method == "GET":
        audit.record_reading(SuccessionFact.GRID_READ, grid, by=viewer())
    return form_page(
        "succession/placement.html", form, person=person, session=session, grid=grid,
        history=db.session.scalars(queries.placements_of(person.id)).all(),
    )  # fmt: skip


def _back(person: Person, session: GridSession | None) -> str:
    if session is not None:
        return url_for("succession.talent_grid", session=session.id)
    job = person.employment_on(clock.today(viewer().time_zone))
    return url_for("succession.talent_grid", team=job.team_id if job else None)


@bp.route("/succession/grid/sessions/add", methods=["GET", "POST"])
@allowed(policy.see_succession)
def open_session() -> ResponseReturnValue:
    """Begin a calibration session."""
    form, teams = SessionForm(), _teams()
    form.team.offer = team_labels(teams)
    if request.method == "GET":
        form.begin()
    if form.validate_on_submit() and form.held_on.data:
        with refusals_to(form):
            team = next(one for one in teams if one.id == form.team.data)
            session = operations.open_session(
                name=form.name.data or "", team=team, held_on=form.held_on.data, by=viewer()
            )
            db.session.flush()
            return redirect(url_for("succession.talent_grid", session=session.id), 303)
    return form_page("succession/session_form.html", form)


@bp.post("/succession/grid/sessions/<int:grid_session_id>/close")
@allowed(policy.change_session, on=GridSession)
def close_session(grid_session: GridSession) -> ResponseReturnValue:
    """End a session."""
    operations.close_session(grid_session, by=viewer())
    flash(_("The session is closed."), "ok")
    return redirect(url_for("succession.talent_grid", session=grid_session.id), 303)
