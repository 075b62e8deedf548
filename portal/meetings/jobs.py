"""Keeps 1:1s going: what is over counts as held, what has its last day behind it ends."""

from __future__ import annotations

from portal.core import clock
from portal.core.db import db
from portal.core.jobs import periodic
from portal.meetings import operations, queries


@periodic("meetings.roll_on", cron="40 * * * *")
def roll_on() -> None:
    """First the meetings: one that ended today may be the last of its series."""
    operations.roll_on()
    for series in db.session.scalars(queries.series_over(clock.today())).all():
        operations.end_series(series, by=None)
