"""What corrective actions show on the record page of a person."""

from __future__ import annotations

from typing import Any

from flask import Flask

from portal.accounts.models import Account
from portal.conduct import policy, queries
from portal.core.db import db
from portal.people import parts
from portal.people.models import Person


def connect(app: Flask) -> None:
    """Add the part to the page."""
    parts.add_part(app, Person, "conduct/_person_part.html", _of_person)


def _of_person(viewer: Account, person: Person) -> dict[str, Any] | None:
    """The person's actions, and the way to propose one; nothing where there is neither."""
    if not person.employments:
        return None
    in_charge = policy.in_charge(viewer, person)
    if not in_charge and viewer.person_id != person.id:
        return None
    rows = [
        row
        for row in db.session.scalars(queries.actions_of(person.id))
        if in_charge or row.was_told
    ]
    return {"person": person, "rows": rows, "in_charge": in_charge} if rows or in_charge else None
