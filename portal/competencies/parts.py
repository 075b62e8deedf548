"""What this feature adds to the record pages of people and roles."""

from __future__ import annotations

from typing import Any

from flask import Flask

from portal.accounts.models import Account
from portal.competencies import policy, queries
from portal.core.db import db
from portal.people import parts
from portal.people.models import Person, Role


def register(app: Flask) -> None:
    """Show levels on a person's page, and requirements on a role's."""
    parts.add_part(app, Person, "competencies/_levels.html", _levels)
    parts.add_part(app, Role, "competencies/_requirements.html", _requirements)


def _levels(viewer: Account, person: Person) -> dict[str, Any] | None:
    if not policy.see_levels(viewer, person):
        return None
    levels = db.session.execute(queries.levels_shown(person.id)).all()
    return {"levels": levels, "person": person}


def _requirements(_viewer: Account, role: Role) -> dict[str, Any]:
    return {"rows": db.session.scalars(queries.requirements_of(role.id)).all(), "role": role}
