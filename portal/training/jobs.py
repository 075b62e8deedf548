"""Reminds of courses that are due, every morning."""

from __future__ import annotations

from portal.core.jobs import enqueue, periodic
from portal.training import operations


@periodic("training.remind", cron="0 5 * * *")
def remind() -> None:
    """One batch at a time: a job is one transaction, and others want to write too."""
    if operations.remind():
        enqueue("training.remind")
