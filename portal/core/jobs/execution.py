"""Runs one claimed job: its effect and its done-mark commit together, or neither does."""

from __future__ import annotations

import logging
import traceback

from portal.core import clock
from portal.core.db import db
from portal.core.jobs.queue import MAX_ATTEMPTS, Claim, LeaseLost, backoff, queue
from portal.core.jobs.registry import handler_of

log = logging.getLogger("portal.jobs")


def execute(claim: Claim) -> bool:
    """Call the handler and settle the job; returns whether it succeeded.

    Runs inside an application context of its own and leaves no session behind.
    """
    try:
        handler_of(claim.name)(**claim.payload)
        queue().finish(claim)
        db.session.commit()
    except LeaseLost:
        db.session.rollback()
        log.warning("job %s (%s) went to another worker", claim.id, claim.name)
        return False
    except Exception:
        db.session.rollback()
        log.exception("job %s (%s) failed, try %s", claim.id, claim.name, claim.attempt)
        _settle_failure(claim, traceback.format_exc())
        return False
    finally:
        db.session.remove()
    return True


def _settle_failure(claim: Claim, error: str) -> None:
    try:
        if claim.attempt >= MAX_ATTEMPTS:
            queue().fail(claim, error)
        else:
            queue().retry(claim, clock.now() + backoff(claim.attempt), error)
        db.session.commit()
    except LeaseLost:
        db.session.rollback()
