"""The terms of an offer: what they are, their hash, and whether they lie inside the band."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date

from portal.core.db import Words
from portal.offers.models import Offer
from portal.people.models import PayBand, Person, Role, Site, Team
from portal.people.states import PayPeriod

BOUND = (
    "role_id",
    "site_id",
    "team_id",
    "manager_id",
    "pay",
    "pay_currency",
    "pay_period",
    "bonus_percent",
    "benefits",
    "starts_on",
    "expires_on",
    "shift",
    "probation_months",
    "language",
    "letter_template_id",
)


@dataclass(frozen=True)
class Terms:
    """What is offered; ``pay`` in minor units of ``pay_currency`` for one ``pay_period``."""

    role: Role
    site: Site
    team: Team
    manager: Person
    pay: int
    pay_currency: str
    starts_on: date
    expires_on: date
    language: str
    pay_period: PayPeriod = PayPeriod.YEAR
    bonus_percent: int = 0
    benefits: tuple[Words, ...] = field(default=())
    shift: str = ""
    probation_months: int = 2


def terms_hash(offer: Offer) -> str:
    """SHA-256 over every term, so that an approval binds to exactly these."""
    values = {name: str(getattr(offer, name)) for name in BOUND if name != "benefits"}
    values["benefits"] = json.dumps(offer.benefits, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()


def in_band(pay: int, currency: str, period: PayPeriod, band: PayBand | None) -> bool:
    """Whether pay lies inside a band of the same currency and period; without one it does not."""
    return (
        band is not None
        and band.currency == currency
        and band.period is period
        and band.minimum <= pay <= band.maximum
    )


def approvals_needed(offer: Offer) -> int:
    """How many people must approve: one inside the band, two outside."""
    return 1 if offer.in_band else 2
