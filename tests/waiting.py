"""What waits in the queue of the database in use."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from portal.core.db import db
from portal.core.jobs.models import Job


def payloads(name: str) -> list[dict[str, Any]]:
    """The payloads of the jobs with this name, the oldest first."""
    if db.session.get_bind().dialect.name == "postgresql":
        found = sa.text("SELECT args FROM procrastinate_jobs WHERE task_name = :name ORDER BY id")
        return list(db.session.scalars(found, {"name": name}))
    return list(db.session.scalars(sa.select(Job.payload).filter_by(name=name).order_by(Job.id)))
