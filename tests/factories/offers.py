"""Offers at each step of their way, by the operations themselves; flushed, never committed."""

from __future__ import annotations

from datetime import date
from typing import Any

from portal.accounts.models import Account
from portal.core.db import db
from portal.core.documents.operations import keep_file
from portal.hiring.models import Application
from portal.hiring.states import Stage
from portal.offers import operations
from portal.offers.models import Offer
from portal.offers.terms import Terms
from portal.people.models import Person
from tests.factories import hiring, people

PAY = 56_000_000
ABOVE_BAND = 80_000_000
PAPER = b"%PDF-1.7 a letter"


def hr(**values: Any) -> Account:
    return people.account(roles=["hr"], **values)


def director(**values: Any) -> Account:
    return people.account(roles=["executive"], **values)


def candidate(**values: Any) -> Application:
    """Somebody the panel has decided for; the role pays 480,000 to 720,000 lira a year."""
    operations.load_letters(by=None)
    requisition = values.pop("requisition", None)
    if requisition is None:
        role = people.role("Customer Service Associate")
        people.pay_band(role)
        requisition = hiring.requisition(role=role, openings=values.pop("openings", 2))
    return hiring.application(
        hiring.posting(requisition=requisition), **({"stage": Stage.DECISION} | values)
    )


def terms(application: Application, **values: Any) -> Terms:
    """Inside the band, from 4 January 2027, to be answered by 8 December 2026."""
    requisition = application.posting.requisition
    defaults: dict[str, Any] = {
        "role": requisition.role,
        "site": requisition.site,
        "team": requisition.team,
        "manager": requisition.hiring_manager,
        "pay": PAY,
        "pay_currency": "TRY",
        "starts_on": date(2027, 1, 4),
        "expires_on": date(2026, 12, 8),
        "language": "en",
        "benefits": tuple(requisition.role.benefits),
        "bonus_percent": 10,
    }
    return Terms(**(defaults | values))


def draft(
    application: Application | None = None, by: Account | None = None, **values: Any
) -> Offer:
    row = application or candidate()
    offer = operations.make_offer(row, terms(row, **values), by=by or hr())
    db.session.flush()
    return offer


def in_approval(
    application: Application | None = None, by: Account | None = None, **values: Any
) -> Offer:
    maker = by or hr()
    offer = draft(application, maker, **values)
    operations.submit_offer(offer, by=maker)
    return offer


def approve(offer: Offer, by: Account | None = None) -> None:
    operations.approve_offer(offer, seen_terms=offer.terms_hash, note="", by=by or director())


def approved(
    application: Application | None = None,
    by: Account | None = None,
    *,
    letter: bool = True,
    **values: Any,
) -> Offer:
    """Approved by a director, its letter printed unless told otherwise."""
    offer = in_approval(application, by, **values)
    approve(offer)
    if letter:
        assert offer.document is not None
        keep_file(offer.document, PAPER)
        db.session.flush()
    return offer


def sent(
    application: Application | None = None, by: Account | None = None, **values: Any
) -> tuple[Offer, str]:
    """With the token the candidate has in the mail."""
    maker = by or hr()
    offer = approved(application, maker, **values)
    token = operations.send_offer(offer, by=maker)
    db.session.flush()
    return offer, token


def accept(token: str, name: str, **values: Any) -> Offer:
    return operations.accept_offer(
        token, **({"typed_name": name, "address": "192.0.2.7", "browser": "Firefox"} | values)
    )


def decline(token: str, note: str = "") -> Offer:
    return operations.decline_offer(token, note=note, address="192.0.2.7", browser="Firefox")


def manager_of(offer: Offer) -> Person:
    return offer.application.posting.requisition.hiring_manager
