"""Reporting lines of a day: everybody above somebody, by manager and by the teams they are in."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import sqlalchemy as sa

from portal.core.db import db
from portal.people.models import Employment, Team
from portal.people.queries.employments import covering


def above(person_ids: Collection[int], day: date) -> dict[int, frozenset[int]]:
    """Of each person who works on a day, all they report to, however far up: two statements."""
    leads = dict(
        db.session.execute(
            sa.select(Team.path, Team.lead_id).where(Team.lead_id.is_not(None))
        ).all()
    )
    jobs = db.session.execute(
        sa.select(Employment.person_id, Employment.manager_id, Team.path)
        .join(Team, Team.id == Employment.team_id)
        .where(covering(day))
    )
    next_up = {
        person_id: {manager_id, *_leads_of(path, leads)} - {None, person_id}
        for person_id, manager_id, path in jobs
    }
    return {key: _all_above(key, next_up) for key in person_ids if key in next_up}


def _leads_of(path: str, leads: dict[str, int | None]) -> set[int | None]:
    """Who leads a team, or one above it."""
    ids = path.strip("/").split("/")
    return {leads.get(f"/{'/'.join(ids[:length])}/") for length in range(1, len(ids) + 1)}


def _all_above(key: int, next_up: dict[int, set[int | None]]) -> frozenset[int]:
    found: set[int] = set()
    waiting = [one for one in next_up.get(key, ()) if one is not None]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += [upper for upper in next_up.get(one, ()) if upper is not None]
    # Two who lead each other's teams are above one another, but nobody is above themself.
    return frozenset(found - {key})
