"""The talent grid: who stands where, and how they came there."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from portal.accounts.models import Account
from portal.careers import queries as careers
from portal.people.models import Person, Team
from portal.people.queries import answered_for_by, within
from portal.succession import policy
from portal.succession.models import GridPlacement, GridSession, TalentGrid
from portal.succession.states import SessionState


def grid_in_use() -> sa.Select[TalentGrid]:
    """The grid people are placed in today."""
    return sa.select(TalentGrid).where(TalentGrid.in_use).order_by(TalentGrid.id.desc()).limit(1)


def people_in_grid(
    viewer: Account, grid_id: int, day: date, team: Team | None = None, until: int | None = None
) -> sa.Select[*tuple[Any, ...]]:
    """People at work whom the viewer may place, with their newest placement; list rows by name.

    ``until`` is the last placement that counts, for how it stood at that time.
    """
    counted = [GridPlacement.grid_id == grid_id]
    if until is not None:
        counted.append(GridPlacement.id <= until)
    newest = (
        sa.select(GridPlacement.placed_person_id, sa.func.max(GridPlacement.id).label("id"))
        .where(*counted)
        .group_by(GridPlacement.placed_person_id)
        .subquery()
    )
    row = GridPlacement
    found = (
        careers.everybody_at_work(day)
        .add_columns(row.x, row.y, row.placed_on, row.evidence, row.session_id)
        .outerjoin(newest, newest.c.placed_person_id == Person.id)
        .outerjoin(row, row.id == newest.c.id)
        .where(Person.id != viewer.person_id)
        .order_by(sa.text("sort_name"), Person.id)
    )
    if team is not None:
        found = found.where(within(Team.path, team.path))
    return found if policy.plans_all(viewer) else found.where(answered_for_by(viewer))


def placements_of(person_id: int) -> sa.Select[GridPlacement]:
    """Everywhere somebody stood, the newest first, with who placed them."""
    return (
        sa.select(GridPlacement)
        .where(GridPlacement.placed_person_id == person_id)
        .options(
            joinedload(GridPlacement.recorded_by, innerjoin=True),
            joinedload(GridPlacement.session),
            joinedload(GridPlacement.grid, innerjoin=True),
        )
        .order_by(GridPlacement.id.desc())
    )


def placed_in(session_id: int) -> sa.Select[GridPlacement]:
    """What was changed in a session, in order."""
    return (
        sa.select(GridPlacement)
        .where(GridPlacement.session_id == session_id)
        .options(joinedload(GridPlacement.placed_person, innerjoin=True))
        .order_by(GridPlacement.id)
    )


def sessions() -> sa.Select[GridSession]:
    """All sessions, those that run first, then the newest."""
    return (
        sa.select(GridSession)
        .options(
            joinedload(GridSession.team, innerjoin=True),
            joinedload(GridSession.grid, innerjoin=True),
        )
        .order_by(
            sa.case((GridSession.state == SessionState.OPEN, 0), else_=1), GridSession.id.desc()
        )
    )
