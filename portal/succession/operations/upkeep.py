"""Plans follow the position: whoever takes it over is no longer its successor."""

from __future__ import annotations

from portal.core import clock
from portal.core.db import db
from portal.succession import queries
from portal.succession.operations.nomination import end_nomination
from portal.succession.states import EndReason


def follow_holders() -> int:
    """End the nominations of people who hold the position by now, and say how many."""
    found = db.session.scalars(queries.taken_over(clock.today())).all()
    for nomination in found:
        end_nomination(nomination, EndReason.TOOK_OVER, by=None)
    return len(found)
