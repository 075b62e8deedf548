"""Makes the schema for the tests, the way an installation makes it: by the migrations."""

from __future__ import annotations

import sqlalchemy as sa

from portal.core.db import db


def migrate(engine: sa.Engine) -> None:
    """Run every migration on an empty database."""
    db.metadatas[None].create_all(engine.execution_options(write=True))
