"""Keeps the database's own knowledge of its tables fresh."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from portal.core.db import db
from portal.core.jobs import periodic


@periodic("db.statistics", every=timedelta(days=1))
def refresh_statistics() -> None:
    """Let SQLite look at what its tables hold; without that it may walk a table it could skip.

    PostgreSQL does so by itself.
    """
    if db.session.get_bind().dialect.name == "sqlite":
        db.session.execute(sa.text("PRAGMA analysis_limit = 1000"))
        db.session.execute(sa.text("ANALYZE"))
