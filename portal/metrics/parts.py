"""What metrics show on the record page of a person."""

from __future__ import annotations

from typing import Any

from flask import Flask

from portal.accounts.models import Account
from portal.metrics import periods, policy
from portal.metrics.latest import latest_of
from portal.people import parts
from portal.people.models import Person


def connect(app: Flask) -> None:
    """Add the part to the page."""
    parts.add_part(app, Person, "metrics/_person_part.html", _metrics)


def _metrics(viewer: Account, person: Person) -> dict[str, Any] | None:
    """The last figure of each metric; nothing where there is none."""
    if not policy.see_metrics(viewer, person):
        return None
    latest = latest_of(person)
    if not latest:
        return None
    return {"person_id": person.id, "latest": latest, "month_name": periods.month_name}
