"""What careers show on the record page of a person and of a role."""

from __future__ import annotations

from typing import Any

from flask import Flask

from portal.accounts.models import Account
from portal.careers import policy
from portal.people import parts
from portal.people.models import Person, Role


def connect(app: Flask) -> None:
    """Add the parts to both pages."""
    parts.add_part(app, Person, "paths/_person_part.html", _of_person)
    parts.add_part(app, Role, "paths/_role_part.html", _of_role)


def _of_person(viewer: Account, person: Person) -> dict[str, Any] | None:
    """The way to the person's path."""
    if not policy.see_path(viewer, person) or not person.employments:
        return None
    return {"person": person, "own": viewer.person_id == person.id}


def _of_role(viewer: Account, role: Role) -> dict[str, Any] | None:
    """The way to what the role asks for on a career path."""
    return {"role": role} if policy.keep_requirements(viewer, role) else None
