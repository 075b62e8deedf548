"""Printing plans; each print is recorded."""

from __future__ import annotations

from portal.accounts.models import Account
from portal.core import audit
from portal.core.documents import Document
from portal.people.models import Team
from portal.succession import documents
from portal.succession.documents import PositionPlan, UnitPlan
from portal.succession.models import KeyPosition
from portal.succession.states import SuccessionFact


def print_plan(key_position: KeyPosition, data: PositionPlan, *, by: Account) -> Document:
    """Print the plan of a position for who asks."""
    audit.record(SuccessionFact.PLAN_PRINTED, key_position, by=by)
    return documents.issue_plan(key_position, data, by=by)


def print_unit(team: Team, data: UnitPlan, *, by: Account) -> Document:
    """Print the bench of a unit for who asks."""
    audit.record(SuccessionFact.PLAN_PRINTED, team, by=by)
    return documents.issue_unit(team, data, by=by)
