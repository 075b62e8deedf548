"""Sends the digest on the first day of each month."""

from __future__ import annotations

from datetime import date

from portal.core import jobs
from portal.recognition import operations
from portal.recognition.operations.digest import last_month

SOME = 100
"""People told in one transaction: on SQLite it keeps every other writer waiting."""


@jobs.periodic("recognition.digest", cron="0 6 1 * *")
def digest() -> None:
    """Find everybody who gets the digest of the month that is over."""
    month = last_month()
    everyone = operations.people_for_digest(month)
    for start in range(0, len(everyone), SOME):
        some = everyone[start : start + SOME]
        jobs.enqueue("recognition.digest_some", person_ids=some, month=month.isoformat())


@jobs.handler("recognition.digest_some")
def digest_some(person_ids: list[int], month: str) -> None:
    """Send it to some of them; running again sends nothing twice."""
    operations.send_digests(person_ids, date.fromisoformat(month))
