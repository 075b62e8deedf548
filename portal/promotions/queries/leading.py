"""Whether somebody in a role would be expected to lead a team."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from portal.core.db import db
from portal.people.models import Employment, Person, Role, Team
from portal.people.queries import current_employments


def would_lead(person: Person, role: Role, team: Team, day: date) -> bool:
    """Whether the role stands as high as that of the lead, or above everybody where none leads."""
    highest = db.session.scalar(_level(day).where(Employment.person_id == team.lead_id))
    if team.lead_id is not None:
        return person.id != team.lead_id and role.level >= (highest or role.level)
    others = _level(day).where(Employment.team_id == team.id, Employment.person_id != person.id)
    return role.level > (db.session.scalar(others) or role.level)


def _level(day: date) -> sa.Select[int | None]:
    there = current_employments(day).with_only_columns(Employment.id)
    return (
        sa.select(sa.func.max(Role.level))
        .join(Employment, Employment.role_id == Role.id)
        .where(Employment.id.in_(there))
    )
