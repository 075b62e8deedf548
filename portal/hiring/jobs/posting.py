"""Closes postings whose last day is over."""

from __future__ import annotations

from portal.core.jobs import periodic
from portal.hiring import operations


@periodic("hiring.close_postings", cron="5 * * * *")
def close_postings() -> None:
    """Every hour, because a day ends at another hour at each site."""
    operations.close_postings_over()
