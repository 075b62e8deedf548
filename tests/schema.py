"""Makes the schema for the tests, the way an installation makes it: by the migrations."""

from __future__ import annotations

import sqlalchemy as sa
from flask_migrate import upgrade


def migrate(engine: sa.Engine) -> None:
    """Run every migration on an empty database."""
    upgrade()
