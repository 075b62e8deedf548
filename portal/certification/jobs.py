"""Reminds of expiries every morning and of coverage every week, and signs badges."""

from __future__ import annotations

from portal.certification import operations
from portal.certification.badges import signing
from portal.certification.models import Badge
from portal.certification.operations import badge as badges
from portal.core import clock, jobs
from portal.core.db import db

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


@jobs.periodic("certification.tell_coverage", cron="0 5 * * 1")
def tell_coverage() -> None:
    """Every Monday tell where people will be too few, if that is new."""
    operations.tell_coverage(clock.today())


@jobs.handler(badges.JOB)
def sign_badge(badge_id: int) -> None:
    """Sign a badge once; running again changes nothing."""
    badge = db.session.get_one(Badge, badge_id)
    if badge.is_signed or badge.withdrawn_at is not None:
        return
    claim, key, at = badges.order_of(badge)
    db.session.rollback()  # on SQLite this transaction keeps all other writers waiting
    credential, token = signing.sign(claim, key, at=at)
    badges.keep_signed(db.session.get_one(Badge, badge_id, with_for_update=True), credential, token)
