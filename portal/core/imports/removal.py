"""Takes away what was sent to be imported and never was."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from portal.core import clock
from portal.core.db import db
from portal.core.files.removal import remove
from portal.core.imports.models import SheetImport
from portal.core.jobs import periodic

GIVEN_UP_AFTER = timedelta(days=1)
"""A preview nobody has confirmed by then is not wanted, and holds names and figures of people."""

_BATCH = 500


@periodic("imports.sweep", cron="37 3 * * *")
def sweep() -> None:
    """Delete previews older than a day with their files; one confirmed right now stays."""
    given_up = (
        sa.select(SheetImport)
        .where(
            SheetImport.applied_at.is_(None),
            SheetImport.created_at < clock.now() - GIVEN_UP_AFTER,
        )
        .options(joinedload(SheetImport.file, innerjoin=True))
        .order_by(SheetImport.id)
        .limit(_BATCH)
        .with_for_update(of=SheetImport, skip_locked=True)
    )
    while rows := db.session.scalars(given_up).all():
        for row in rows:
            db.session.delete(row)
        db.session.flush()
        for row in rows:
            remove(row.file)
        db.session.flush()
