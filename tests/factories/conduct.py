"""Corrective actions with sensible defaults; flushed, never committed."""

from __future__ import annotations

from datetime import date
from typing import Any

from portal.conduct.models import CorrectiveAction
from portal.conduct.operations import Terms, months_later
from portal.conduct.states import ActionKind, ActionState
from portal.core import clock
from portal.people.models import Person
from tests.factories import people
from tests.factories.people import added


def terms(**values: Any) -> Terms:
    """A written warning, to be met by the end of February 2027."""
    defaults: dict[str, Any] = {
        "kind": ActionKind.WRITTEN,
        "facts": "Late on 2, 9 and 16 November.",
        "expected": "Be at the desk at nine.",
        "due_on": date(2027, 2, 28),
        "support": "A later shift.",
    }
    return Terms(**(defaults | values))


def action(person: Person | None = None, **values: Any) -> CorrectiveAction:
    """Open since 1 November 2026 unless its state or days say otherwise."""
    by = values.pop("by", None) or people.account(roles=["hr"])
    since = values.pop("since", date(2026, 11, 1))
    defaults: dict[str, Any] = {
        "person": person or people.person(),
        "proposed_by": by,
        "proposed_at": clock.now(),
        "state": ActionState.OPEN,
    }
    row = CorrectiveAction(**(vars(terms()) | defaults | values))
    if row.state in {ActionState.OPEN, ActionState.CLOSED} and since is not None:
        row.confirmed_on, row.expires_on = since, months_later(since, row.months)
        row.confirmed_by_id = people.account(roles=["hr"]).id
    return added(row)
