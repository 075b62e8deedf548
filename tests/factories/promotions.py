"""Promotions with sensible defaults, through the operations; flushed, never committed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from portal.accounts.models import Account
from portal.core import clock
from portal.core.db import db
from portal.core.documents.operations import keep_file
from portal.people.models import Person, Role, Team
from portal.promotions import operations
from portal.promotions.models import MoveWish, Promotion
from portal.promotions.terms import Terms
from tests.factories import people
from tests.factories.people import added


@dataclass
class Line:
    """A branch with its chief, a team below with its lead, and somebody who works in it."""

    branch: Team
    team: Team
    chief: Account
    lead: Account
    hr: Account
    director: Account
    own: Account
    person: Person
    role: Role


def line() -> Line:
    """Somebody at work, everybody above them, HR and a director; all have accounts."""
    chief, lead, person = people.person("Mete"), people.person("Lale"), people.person("Ceren")
    branch = people.team(lead=chief)
    team = people.team(parent=branch, lead=lead)
    chief_account = people.account(person=chief, leads=branch, roles=["manager"])
    lead_account = people.account(person=lead, leads=team)
    for one, where, over in ((chief, branch, None), (lead, team, chief), (person, team, lead)):
        people.employment(one, team=where, manager=over)
    return Line(
        branch, team, chief_account, lead_account,
        hr=people.account(roles=["hr"]),
        director=people.account(roles=["executive"]),
        own=people.account(person=person),
        person=person,
        role=people.role("Senior Associate", level=2),
    )  # fmt: skip


def terms(who: Line, **values: Any) -> Terms:
    """From next month on, in the same team, at the same pay."""
    defaults: dict[str, Any] = {
        "role": who.role,
        "team": who.team,
        "site": who.team.site,
        "manager": db.session.get_one(Person, who.lead.person_id),
        "starts_on": clock.today() + timedelta(days=30),
        "reason": "Her calls are the ones we train others with.",
    }
    return Terms(**(defaults | values))


def proposed(who: Line, *, by: Account | None = None, **values: Any) -> Promotion:
    """A proposal of the lead, unless somebody else is named."""
    return operations.propose(who.person, terms(who, **values), by=by or who.lead)


def approved(who: Line, *, letter: bool = True, **values: Any) -> Promotion:
    """Approved by the chief and HR, the letter printed."""
    row = proposed(who, **values)
    for account in (who.chief, who.hr, who.director):
        if row.open_step is not None:
            operations.approve_step(row, seen_terms=row.terms_hash, note="", by=account)
    assert row.document is not None
    if letter:
        keep_file(row.document, b"%PDF-1.7 a letter")
    return row


def offered(who: Line, **values: Any) -> Promotion:
    """The person has been told."""
    row = approved(who, **values)
    operations.tell_person(row, by=who.lead)
    return row


def accepted(who: Line, **values: Any) -> Promotion:
    """The person has said yes."""
    row = offered(who, **values)
    operations.accept_promotion(row, by=who.own)
    return row


def wish(person: Person, **values: Any) -> MoveWish:
    """Somebody open to any move."""
    defaults = {"person": person, "is_open": True, "changed_at": clock.now()}
    return added(MoveWish(**(defaults | values)))
