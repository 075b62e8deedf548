"""Looks every morning whom to remind, and reminds them some at a time."""

from __future__ import annotations

from portal.certification import operations
from portal.core import clock, jobs

SOME = 100
"""People told in one transaction: on SQLite it keeps every other writer waiting."""


@jobs.periodic("certification.remind", cron="30 4 * * *")
def remind() -> None:
    """Find everybody who is to be told of awards that expire soon."""
    everyone = operations.people_to_remind(clock.today())
    for start in range(0, len(everyone), SOME):
        jobs.enqueue("certification.remind_some", person_ids=everyone[start : start + SOME])


@jobs.handler("certification.remind_some")
def remind_some(person_ids: list[int]) -> None:
    """Tell some of them, by the day it is now: the job may have waited."""
    operations.remind(person_ids, clock.today())
