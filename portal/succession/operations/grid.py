"""Placing people in the talent grid, in sessions or on one's own, and changing the grid."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit, clock
from portal.core.db import Json, Words, db
from portal.core.errors import Refused
from portal.people.models import Person, Team
from portal.succession import policy, queries
from portal.succession.models import GridPlacement, GridSession, TalentGrid
from portal.succession.states import SessionState, SuccessionFact


def place_person(
    person: Person,
    *,
    x: int,
    y: int,
    evidence: str,
    session: GridSession | None = None,
    by: Account,
) -> GridPlacement:
    """Place somebody from today on; where they stood before stays in their history.

    Raises:
        Refused: without written evidence, outside the grid, about oneself, about somebody who does
            not work here, or in a session that is over or was opened for an earlier grid.
    """
    grid = db.session.scalar(queries.grid_in_use())
    if grid is None:
        raise Refused(_("There is no talent grid yet."))
    if person.id == by.person_id:
        raise Refused(_("Nobody places themself."))
    if person.employment_on(clock.today(by.time_zone)) is None:
        raise Refused(_("%(who)s does not work here today.", who=person.display_name))
    if not (0 <= x < grid.size and 0 <= y < grid.size):
        raise Refused(_("Choose a box of the grid."), "box")
    if not evidence.strip():
        raise Refused(_("Write down what this rests on."), "evidence")
    if session is not None and session.state is not SessionState.OPEN:
        raise Refused(_("This session is over."))
    if session is not None and session.grid_id != grid.id:
        raise Refused(_("The grid has changed since. Open another session."))
    row = GridPlacement(
        grid_id=grid.id, placed_person=person, x=x, y=y, evidence=evidence.strip(),
        placed_on=clock.today(by.time_zone), session_id=session.id if session else None,
        recorded_at=clock.now(), recorded_by_id=by.id,
    )  # fmt: skip
    db.session.add(row)
    audit.record(SuccessionFact.PLACED, row, by=by)
    return row


def open_session(*, name: str, team: Team, held_on: date, by: Account) -> GridSession:
    """Begin a meeting in which the placements of a team and all below it are compared.

    Raises:
        Refused: without a name, or for a team the opener does not plan for.
    """
    grid = db.session.scalar(queries.grid_in_use())
    if grid is None:
        raise Refused(_("There is no talent grid yet."))
    if not name.strip():
        raise Refused(_("Give it a name."), "name")
    if not policy.plans_all(by) and not by.leads(team.path):
        raise Refused(_("Choose a team you lead."), "team")
    session = GridSession(
        grid=grid, team=team, name=name.strip(), held_on=held_on, opened_by_id=by.id,
        state=SessionState.OPEN,
    )  # fmt: skip
    db.session.add(session)
    audit.record(SuccessionFact.SESSION_OPENED, session, by=by)
    return session


def close_session(session: GridSession, *, by: Account) -> None:
    """End a meeting; nothing more is placed in it.

    Raises:
        Refused: if it is over already.
    """
    if session.state is not SessionState.OPEN:
        raise Refused(_("This session is over."))
    session.state, session.closed_at = SessionState.CLOSED, clock.now()
    audit.record(SuccessionFact.SESSION_CLOSED, session, by=by)


def change_grid(
    *,
    size: int,
    x_title: Words,
    y_title: Words,
    columns: list[Json],
    rows: list[Json],
    boxes: Json,
    by: Account,
) -> TalentGrid:
    """Word the grid anew; another size makes another grid, and placements begin again in it."""
    present = db.session.scalar(queries.grid_in_use())
    grid = present
    if grid is None or grid.size != size:
        if present is not None:
            present.in_use = False
        grid = TalentGrid(size=size, in_use=True, created_at=clock.now(), created_by_id=by.id)
        db.session.add(grid)
    grid.x_title, grid.y_title = x_title, y_title
    grid.columns, grid.rows, grid.boxes = columns, rows, boxes
    audit.record(SuccessionFact.GRID_CHANGED, grid, by=by)
    return grid
