"""Hands out the papers of a run in the background."""

from __future__ import annotations

from portal.bonuses import operations
from portal.bonuses.models import BonusRun
from portal.core.db import db
from portal.core.jobs import handler


@handler("bonuses.hand_out")
def hand_out(run_id: int, after: int) -> None:
    """Some of them; the operation orders the next job if there are more."""
    operations.hand_out(db.session.get_one(BonusRun, run_id), after=after)
