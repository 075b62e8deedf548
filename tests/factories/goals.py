"""Goals with sensible defaults; flushed, never committed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from portal.accounts.models import Account
from portal.core import clock
from portal.core.db import db
from portal.goals.models import Goal, GoalChange, GoalCheckIn
from portal.goals.operations import propose_change
from portal.goals.states import CLOSED, GoalState, Measure, Standing
from portal.goals.terms import Terms
from portal.people.models import Person, Team
from tests.factories import people
from tests.factories.people import added

_number = count(1)
DRAFTS = {GoalState.DRAFT, GoalState.PROPOSED}


def terms(**values: Any) -> Terms:
    """Five steps in the last quarter of 2026, 20 per cent."""
    defaults: dict[str, Any] = {
        "title": f"Help colleagues {next(_number)}",
        "starts_on": date(2026, 10, 1),
        "ends_on": date(2026, 12, 31),
        "measure": Measure.STEPS,
        "start": Decimal(0),
        "target": Decimal(5),
        "weight": 20,
    }
    return Terms(**(defaults | values))


def goal(
    person: Person | None = None,
    *,
    team: Team | None = None,
    state: GoalState = GoalState.AGREED,
    by: Account | None = None,
    **values: Any,
) -> Goal:
    """A goal agreed on 1 October 2026, proposed by ``by``."""
    owner = None if team else person or people.person()
    writer = by or people.account(roles=["hr"])
    now = clock.now()
    row = Goal(person=owner, team=team, state=state, created_at=now, created_by_id=writer.id)
    names = set(Terms.__dataclass_fields__)
    of_terms = {key: values.pop(key) for key in list(values) if key in names}
    terms(**({"weight": 0} if team else {}), **of_terms).put(row)
    if state is not GoalState.DRAFT:
        row.proposed_by, row.proposed_by_id, row.proposed_at = writer, writer.id, now
    if state not in DRAFTS:
        row.agreed_by, row.agreed_by_id, row.agreed_at = writer, writer.id, now
    if state in CLOSED:
        row.result, row.outcome = values.pop("result", 60), "Most of it."
        row.closed_by, row.closed_by_id, row.closed_at = writer, writer.id, now
    for key, value in values.items():
        setattr(row, key, value)
    return added(row)


def check_in(goal: Goal, value: Any = 1, **values: Any) -> GoalCheckIn:
    """On track on 1 November 2026."""
    by: Account = values.pop("by", None) or people.account(roles=["hr"])
    defaults: dict[str, Any] = {
        "goal": goal,
        "on_day": date(2026, 11, 1),
        "value": None if value is None else Decimal(value),
        "standing": Standing.ON_TRACK,
        "created_at": clock.now(),
        "created_by": by,
    }
    return added(GoalCheckIn(**(defaults | values)))


def change(goal: Goal, *, by: Account, **values: Any) -> GoalChange:
    """Another title is suggested."""
    wanted = {**Terms.of(goal).__dict__, "title": "Help everybody", **values}
    row = propose_change(goal, Terms(**wanted), reason="Plans changed.", by=by)
    db.session.flush()
    return row
