"""The daily look at the tables."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from portal.core import upkeep
from portal.core.db import db


def test_the_database_learns_what_its_tables_hold(db_session: Any) -> None:
    upkeep.refresh_statistics()
    if db.session.get_bind().dialect.name == "sqlite":
        assert db_session.scalar(
            sa.text("SELECT count(*) FROM sqlite_master WHERE name LIKE 'sqlite_stat%'")
        )
