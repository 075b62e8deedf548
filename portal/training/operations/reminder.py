"""Reminders of what is due: a week ahead and once it is late, each once."""

from __future__ import annotations

from datetime import timedelta

from portal.core import clock
from portal.core.db import db
from portal.training import notices, queries

AHEAD = timedelta(days=7)
LATE = timedelta(days=30)
"""What has been late for longer was told about, or is too old to begin with it."""

LAST_ZONE = "Pacific/Pago_Pago"
"""Where a day ends last: what was due yesterday there is late everywhere."""

BATCH = 200


def remind() -> bool:
    """Remind one batch of people; whether there may be more.

    What was sent is known by the mail's key, so that running twice, or after a pause, tells nobody
    twice.
    """
    today = clock.today(LAST_ZONE)
    soon = db.session.scalars(queries.due_between(today, today + AHEAD, "soon").limit(BATCH)).all()
    late_to = today - timedelta(days=1)
    late = db.session.scalars(
        queries.due_between(today - LATE, late_to, "overdue").limit(BATCH)
    ).all()
    for row in soon:
        notices.remind(row, overdue=False)
    for row in late:
        notices.remind(row, overdue=True)
    return len(soon) == BATCH or len(late) == BATCH
