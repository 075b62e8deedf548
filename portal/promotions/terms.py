"""The terms of a promotion and their hash, to which each approval is bound."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date

from portal.people.models import Person, Position, Role, Site, Team
from portal.people.states import PayPeriod
from portal.promotions.models import Promotion
from portal.promotions.states import GapReason

BOUND = (
    "person_id", "role_id", "team_id", "site_id", "position_id", "manager_id", "starts_on",
    "leads_team", "pay", "pay_currency", "pay_period", "reason", "gap_reason", "gap_note",
)  # fmt: skip


@dataclass(frozen=True)
class Terms:
    """What is proposed and why; ``pay`` in minor units, ``None`` where it stays as it is.

    ``leads_team``: from that day the person leads the team, in place of whoever does now.
    """

    role: Role
    team: Team
    site: Site
    manager: Person
    starts_on: date
    reason: str
    position: Position | None = None
    leads_team: bool = False
    pay: int | None = None
    pay_currency: str = ""
    pay_period: PayPeriod = PayPeriod.YEAR
    gap_reason: GapReason | None = None
    gap_note: str = ""


def terms_hash(promotion: Promotion) -> str:
    """SHA-256 over every term and the frozen readiness: an approval holds for exactly these."""
    values = {name: str(getattr(promotion, name)) for name in BOUND}
    values["lines"] = json.dumps(promotion.readiness, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()
