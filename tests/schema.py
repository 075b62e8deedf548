"""Makes the schema for the tests, the way an installation makes it: by the migrations."""

from __future__ import annotations

import sqlalchemy as sa

from portal.core.administration import upgrade_schema


def migrate(engine: sa.Engine) -> None:
    """Run every migration on an empty database."""
    with engine.execution_options(write=True).connect() as connection:
        upgrade_schema(connection)
