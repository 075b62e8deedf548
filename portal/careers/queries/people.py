"""Who works here and may be on the way to a role."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa

from portal.accounts.models import Account
from portal.people.models import Employment, Person, Role, Site, Team
from portal.people.queries import answered_for_by
from portal.people.queries.employments import covering


def people_on_the_way(viewer: Account, role_id: int, day: date) -> sa.Select[*tuple[Any, ...]]:
    """Those whose path the viewer may see and who do not hold the role, as list rows."""
    found = everybody_at_work(day).where(
        Employment.role_id != role_id, Person.id != viewer.person_id
    )
    return found if viewer.has_role("hr") else found.where(answered_for_by(viewer))


def everybody_at_work(day: date) -> sa.Select[*tuple[Any, ...]]:
    """All who are employed on a day, as list rows."""
    return (
        sa.select(
            Person.id,
            Person.given_name,
            Person.family_name,
            Person.language,
            Person.by_name().label("sort_name"),
            Role.id.label("role_id"),
            Role.title.label("role"),
            Team.name.label("team"),
            Employment.starts_on.label("since"),
        )
        .select_from(Person)
        .join(Employment, Employment.person_id == Person.id)
        .join(Role, Role.id == Employment.role_id)
        .join(Team, Team.id == Employment.team_id)
        .join(Site, Site.id == Employment.site_id)
        .where(covering(day))
    )
