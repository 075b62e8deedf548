"""The values an organisation starts from."""

from __future__ import annotations

import tomllib
from pathlib import Path

import sqlalchemy as sa

from portal.accounts.models import Account
from portal.core.db import db
from portal.recognition.models import OrganisationValue
from portal.recognition.operations.value import add_value

STARTER = Path(__file__).resolve().parents[1] / "starter" / "values.toml"


def load_values(by: Account | None) -> int:
    """Add the starter values that are missing, and say how many; others stay as they are."""
    starter = tomllib.loads(STARTER.read_text("utf-8"))["value"]
    known = set(db.session.scalars(sa.select(OrganisationValue.key)))
    fresh = [row for row in starter if row["key"] not in known]
    for row in fresh:
        add_value(key=row["key"], name=row["name"], description=row["description"], by=by)
    return len(fresh)
