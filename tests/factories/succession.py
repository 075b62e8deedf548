"""Key positions and nominations."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import Any

import sqlalchemy as sa

from portal.accounts.models import Account
from portal.core import clock
from portal.core.db import db
from portal.people.models import Person, Position, Role, Team
from portal.succession import operations
from portal.succession.models import KeyPosition, Nomination, ReadinessLevel
from portal.succession.states import NominationState
from tests.factories import people
from tests.factories.people import added

_number = count(1)


def scale() -> dict[str, ReadinessLevel]:
    """The starter scale and grid."""
    operations.load_succession(by=None)
    return {row.key: row for row in db.session.scalars(sa.select(ReadinessLevel))}


def key_position(
    team: Team | None = None, role: Role | None = None, holder: Person | None = None
) -> KeyPosition:
    """A key position of a team, held by somebody from the start of the year if one is given."""
    where, what = team or people.team(), role or people.role()
    position = added(Position(code=f"P{next(_number)}", role_id=what.id, team_id=where.id))
    if holder is not None:
        people.employment(holder, team=where, role=what, position_id=position.id)
    return operations.add_key_position(position, by=None)


def nomination(
    key_position: KeyPosition, person: Person | None = None, level: str = "ready_now",
    *, by: Account | None = None, **values: Any,
) -> Nomination:  # fmt: skip
    """An approved nomination of somebody who works here."""
    named = person or people.employment().person
    proposer = by or people.account(roles=["hr"])
    today = clock.today()
    defaults: dict[str, Any] = {
        "key_position": key_position, "nominee": named, "level": scale()[level] if level else None,
        "rank": len(key_position.nominations) + 1, "reason": "Leads calmly",
        "judged_on": today, "level_since": today, "state": NominationState.APPROVED,
        "proposed_at": clock.now() - timedelta(days=1), "proposed_by_id": proposer.id,
    }  # fmt: skip
    return added(Nomination(**(defaults | values)))
