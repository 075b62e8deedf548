"""The whole portal on a database of its own: ``hiring_app.py accept`` answers an offer and commits.

With ACCEPT_HOLD it writes everything, notes that, and waits to be killed before the commit.
"""

from __future__ import annotations

import os
import time
from datetime import date, timedelta
from pathlib import Path

import sqlalchemy as sa
from flask import Flask

from config import Testing
from portal import create_app
from portal.core import clock
from portal.core.db import db
from portal.hiring.states import Stage
from portal.offers import operations
from tests.factories import offers as make
from tests.factories import onboarding
from tests.schema import migrate

NAME = "Ceren Arslan"
COUNTS = {
    "employments": "SELECT count(*) FROM employment WHERE source_type = 'offer'",
    "accounts": "SELECT count(*) FROM account WHERE state = 'invited'",
    "invitations": "SELECT count(*) FROM outgoing_mail WHERE kind = 'accounts/invitation'",
    "welcomes": "SELECT count(*) FROM outgoing_mail WHERE kind = 'offers/accepted'",
    "plans": "SELECT count(*) FROM onboarding_plan",
    "answers": "SELECT count(*) FROM acceptance",
    "hired": "SELECT hired FROM requisition",
    "on the board": f"SELECT sum(count) FROM stage_count WHERE stage = '{Stage.HIRED}'",
}


def build(database: str, folder: Path) -> Flask:
    return create_app(
        Testing(), VAR=folder, FILES_URL=f"file://{folder}/files", SQLALCHEMY_DATABASE_URI=database
    )


def prepare(app: Flask) -> str:
    """A migrated database with one sent offer; returns the token the candidate has."""
    with app.app_context():
        migrate(db.engine)
        row = make.candidate(given_name="Ceren", family_name="Arslan")
        onboarding.template(row.posting.requisition.role)
        _offer, token = make.sent(row, starts_on=later(40), expires_on=later(20))
        db.session.commit()
    return token


def later(days: int) -> date:
    return clock.today() + timedelta(days=days)


def accept(app: Flask, token: str, notes: Path | None = None) -> None:
    with app.app_context():
        operations.accept_offer(token, typed_name=NAME, address="192.0.2.7", browser="Firefox")
        db.session.flush()
        if notes is not None:
            notes.write_text("written")
            time.sleep(60)
        db.session.commit()


def counted(app: Flask) -> dict[str, int]:
    """How many of everything that must happen once there are."""
    with app.app_context():
        found = {what: db.session.scalar(sa.text(sql)) or 0 for what, sql in COUNTS.items()}
        db.session.rollback()
    return found


if __name__ == "__main__":
    place = Path(os.environ["ACCEPT_FOLDER"])
    hold = place / "notes" if os.environ.get("ACCEPT_HOLD") else None
    accept(build(os.environ["ACCEPT_DATABASE"], place), os.environ["ACCEPT_TOKEN"], hold)
