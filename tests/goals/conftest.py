"""A team with its lead, a manager above, two members, HR and a stranger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from portal.accounts.models import Account
from portal.core.db import db
from portal.people.models import Person, Team
from tests.factories import people


@dataclass
class Staff:
    """Who plays a part."""

    team: Team
    other_team: Team
    member: Account
    peer: Account
    lead: Account
    manager: Account
    former: Account
    stranger: Account
    hr: Account

    def person(self, name: str) -> Person:
        """The person of one of them."""
        account: Account = getattr(self, name)
        return db.session.get_one(Person, account.person_id)


def staff() -> Staff:
    """Everybody, flushed."""
    chief, head = people.person("Mete", "Üst"), people.person("Lale", "Baş")
    branch = people.team("Branch", lead=chief)
    team = people.team("Support", parent=branch, lead=head)
    other = people.team("Sales", lead=people.person("Eski", "Baş"))
    accounts = {}
    for name, where in (("member", team), ("peer", team), ("stranger", other)):
        one = people.person(name.capitalize(), "Kaya")
        people.employment(one, team=where)
        accounts[name] = people.account(person=one)
    people.employment(head, team=team, manager=chief)
    people.employment(chief, team=branch, manager=None)
    assert other.lead is not None
    return Staff(
        team=team,
        other_team=other,
        lead=people.account(person=head, leads=team),
        manager=people.account(person=chief, leads=branch, roles=["manager"]),
        former=people.account(person=other.lead, leads=other),
        hr=people.account(roles=["hr"]),
        **accounts,
    )


@pytest.fixture
def who(db_session: Any, clock: Any) -> Staff:
    return staff()
