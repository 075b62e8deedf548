"""What training shows on the record page of a person."""

from __future__ import annotations

from typing import Any

from flask import Flask

from portal.accounts.models import Account
from portal.core import clock
from portal.core.db import db
from portal.people import parts
from portal.people.models import Person
from portal.training import policy, queries


def connect(app: Flask) -> None:
    """Add the part to the page."""
    parts.add_part(app, Person, "training/_person_part.html", _training)


def _training(viewer: Account, person: Person) -> dict[str, Any] | None:
    """How much is still to do, late and completed."""
    if not policy.see_training(viewer, person):
        return None
    row = db.session.execute(queries.summary_of(person.id, clock.today())).one()
    return {
        "person_id": person.id,
        "live": row.live,
        "late": row.late,
        "completed": row.completed,
    }
