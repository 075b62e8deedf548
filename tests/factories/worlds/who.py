"""Who works on one side of the world, and what its modules return."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from portal.accounts.models import Account
from portal.core.db import db
from portal.people.models import Person, Role, Team

Params = dict[str, Any]
"""The value of each parameter of an address; ``endpoint parameter`` where one view differs."""


@dataclass(frozen=True)
class People:
    """Who works on one side."""

    team: Team
    role: Role
    hire: Account
    interviewer: Account
    lead: Account
    manager: Account
    hr: Account
    executive: Account


def person_of(account: Account) -> Person:
    """Whose account it is."""
    return db.session.get_one(Person, account.person_id)
