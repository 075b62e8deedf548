"""What recognition shows on the record page of a person."""

from __future__ import annotations

from typing import Any

from flask import Flask

from portal.accounts.models import Account
from portal.core.db import db
from portal.people import parts
from portal.people.models import Person
from portal.recognition import queries

LATEST = 5


def connect(app: Flask) -> None:
    """Add the part to the page."""
    parts.add_part(app, Person, "recognition/_person_part.html", _received)


def _received(viewer: Account, person: Person) -> dict[str, Any] | None:
    """The latest thanks somebody got, as far as the viewer may read them."""
    rows = db.session.scalars(queries.received_by(person.id, viewer).limit(LATEST)).all()
    return {"rows": rows, "person": person} if rows else None
