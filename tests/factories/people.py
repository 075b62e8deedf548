"""Rows of the organisation with sensible defaults; flushed, never committed."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any, TypeVar

from portal.accounts.models import Account
from portal.accounts.states import AccountState
from portal.core import clock
from portal.core.db import Model, db
from portal.core.i18n import fold
from portal.people.models import Employment, Organisation, PayBand, Person, Role, Site, Team
from portal.people.operations import change_organisation
from portal.people.states import EmploymentReason, PayPeriod

_number = count(1)
Row = TypeVar("Row", bound=Model)


def in_words(text: str) -> dict[str, str]:
    """The same text in every language, marked with it."""
    return {"en": text, "tr": f"{text} (tr)", "es": f"{text} (es)", "ja": f"{text} (ja)"}


def added(row: Row) -> Row:
    """Put a row into the session and give it its id."""
    db.session.add(row)
    db.session.flush()
    return row


def site(**values: Any) -> Site:
    defaults = {
        "key": f"site-{next(_number)}",
        "name": in_words("Istanbul"),
        "city": "İstanbul",
        "street": "Büyükdere Caddesi 1",
        "postal_code": "34394",
        "country": "TR",
        "time_zone": "Europe/Istanbul",
        "currency": "TRY",
        "language": "tr",
    }
    return added(Site(**(defaults | values)))


def team(
    name: str = "", *, parent: Team | None = None, lead: Person | None = None, **values: Any
) -> Team:
    """A team below ``parent``; a lead's account, if there is one, learns what it leads."""
    place = values.pop("site", None) or (parent.site if parent else site())
    row = added(
        Team(
            name=in_words(name or f"Team {next(_number)}"),
            parent=parent,
            path="",
            site=place,
            lead=lead,
            **values,
        )
    )
    row.path = f"{parent.path if parent else '/'}{row.id}/"
    if lead and (leader := db.session.query(Account).filter_by(person_id=lead.id).one_or_none()):
        leader.led_paths = [*leader.led_paths, row.path]
    db.session.flush()
    return row


def role(title: str = "", **values: Any) -> Role:
    n = next(_number)
    defaults: dict[str, Any] = {
        "key": f"role_{n}",
        "family": "customer_service",
        "level": 1,
        "title": in_words(title or f"Associate {n}"),
        "summary": in_words("Helps customers."),
        "duties": [in_words("Answer customers")],
        "qualifications": [{"must": True, **in_words("Clear expression")}],
        "benefits": [in_words("Training")],
    }
    return added(Role(**(defaults | values)))


def pay_band(role: Role, **values: Any) -> PayBand:
    """What the role pays in Türkiye: 480,000 to 720,000 lira a year."""
    defaults: dict[str, Any] = {
        "role": role,
        "country": "TR",
        "currency": "TRY",
        "minimum": 48_000_000,
        "maximum": 72_000_000,
        "period": PayPeriod.YEAR,
        "source": "Salary survey",
        "dated": date(2026, 1, 1),
    }
    return added(PayBand(**(defaults | values)))


def person(given_name: str = "Deniz", family_name: str = "", **values: Any) -> Person:
    n = next(_number)
    email = values.pop("email", f"person{n}@example.com")
    defaults: dict[str, Any] = {
        "given_name": given_name,
        "family_name": family_name or f"Yılmaz{n}",
        "email": email,
        "email_folded": fold(email),
        "language": "en",
        "created_at": clock.now(),
    }
    return added(Person(**(defaults | values)))


_someone = person  # for the factories that take a person


def account(
    *,
    roles: tuple[str, ...] | list[str] = (),
    person: Person | None = None,
    leads: Team | None = None,
    **values: Any,
) -> Account:
    """An active account; ``leads`` makes its person the lead of that team."""
    owner = person or _someone()
    defaults: dict[str, Any] = {
        "person_id": owner.id,
        "email": owner.email_folded,
        "display_name": owner.display_name,
        "state": AccountState.ACTIVE,
        "roles": [str(role) for role in roles],
        "led_paths": [leads.path] if leads else [],
        "language": "en",
        "time_zone": "UTC",
        "created_at": clock.now(),
    }
    row = added(Account(**(defaults | values)))
    if leads:
        leads.lead = owner
        db.session.flush()
    return row


def employment(person: Person | None = None, **values: Any) -> Employment:
    """A person at work in a team since 1 January 2026; ``role``, ``team`` and others are made."""
    where = values.pop("team", None) or team()
    defaults: dict[str, Any] = {
        "person": person or _someone(),
        "role": values.pop("role", None) or role(),
        "team": where,
        "site": where.site,
        "manager": where.lead,
        "starts_on": date(2026, 1, 1),
        "reason": EmploymentReason.HIRE,
    }
    return added(Employment(**(defaults | values)))


def organisation(**values: Any) -> Organisation:
    """The one organisation, changed as asked."""
    defaults: dict[str, Any] = {
        "name": "Acme", "legal_name": "", "address": "", "email": "", "colour": "#000000",
    }  # fmt: skip
    row = change_organisation(**(defaults | values), by=None)
    db.session.flush()
    return row
