"""Rows of recognition with sensible defaults; flushed, never committed."""

from __future__ import annotations

from typing import Any

from portal.accounts.models import Account
from portal.core.db import db
from portal.people.models import Person, Team
from portal.recognition import operations
from portal.recognition.models import OrganisationValue, Thanks
from tests.factories import people

WORDS = "Thank you for staying with the caller until it was solved."


def colleague(
    name: str = "Ada", *, team: Team | None = None, manager: Person | None = None, **values: Any
) -> Account:
    """The account of somebody who works here now."""
    person = people.person(name, "One")
    people.employment(person, team=team or people.team(), manager=manager)
    return people.account(person=person, **values)


def person_of(account: Account) -> Person:
    return db.session.get_one(Person, account.person_id)


def value(name: str = "Care") -> OrganisationValue:
    row = operations.add_value(
        name=people.in_words(name), description=people.in_words(f"{name} at work"), by=None
    )
    db.session.flush()
    return row


def thanks(by: Account, *to: Account, message: str = WORDS, **values: Any) -> Thanks:
    """A public thanks that names a value of its own."""
    chosen = values.pop("values", None) or [value()]
    row = operations.give_thanks(
        [person_of(one) for one in to], message, values=chosen, by=by, **values
    )
    db.session.flush()
    return row
