"""What bonuses show on the record page of a person."""

from __future__ import annotations

from typing import Any

from flask import Flask

from portal.accounts.models import Account
from portal.bonuses import periods, policy, queries
from portal.core.db import db
from portal.people import parts
from portal.people import policy as people
from portal.people.models import Person


def connect(app: Flask) -> None:
    """Add the part to the page."""
    parts.add_part(app, Person, "bonuses/_person_part.html", _of_person)


def _of_person(viewer: Account, person: Person) -> dict[str, Any] | None:
    """The statements the viewer may read; nothing where there is none."""
    may = (
        viewer.person_id == person.id or viewer.has_role("hr") or people.answers_for(viewer, person)
    )
    if not may:
        return None
    rows = [
        row
        for row in db.session.scalars(queries.statements_of(person.id))
        if policy.see_statement(viewer, row)
    ]
    return {"rows": rows, "period_name": periods.name} if rows else None
