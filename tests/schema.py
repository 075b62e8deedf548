"""Makes the schema for the tests, the way an installation makes it: by the migrations."""

from __future__ import annotations

import sqlalchemy as sa
from alembic.command import upgrade
from alembic.config import Config

from portal.core.administration import MIGRATIONS


def migrate(engine: sa.Engine) -> None:
    """Run every migration on an empty database."""
    config = Config()
    config.set_main_option("script_location", MIGRATIONS)
    with engine.execution_options(write=True).connect() as connection:
        config.attributes["connection"] = connection
        upgrade(config, "head")
