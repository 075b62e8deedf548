"""Bonus plans, runs and statements with sensible defaults; flushed, never committed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from portal.accounts.models import Account
from portal.bonuses import operations
from portal.bonuses.models import BonusEntry, BonusPlan, BonusRun, BonusStatement
from portal.bonuses.operations import PlanTerms, Weighed
from portal.bonuses.states import BaseKind, Period
from portal.core.db import db
from portal.metrics.models import Metric
from portal.people.models import Role
from tests.factories import metrics, people

STARTS = date(2026, 7, 1)
PAY = 60_000_000
"""600,000.00 a year."""


def weighed(metric: Metric | None = None, weight: Any = 100, **values: Any) -> Weighed:
    """80, 85 and 95 pay 50, 100 and 150."""
    measured = metric or metrics.metric()
    defaults = {"threshold": 80, "target": 85, "maximum": 95}
    marks = {name: Decimal(value) for name, value in (defaults | values).items()}
    return Weighed(measured.id, Decimal(weight), **marks)


def terms(role: Role | None = None, *measures: Weighed, **values: Any) -> PlanTerms:
    """A quarter, 8 % of yearly pay, one measure."""
    defaults: dict[str, Any] = {
        "name": people.in_words("Care bonus"),
        "period": Period.QUARTER,
        "currency": "TRY",
        "base": BaseKind.PERCENT,
        "percent": Decimal(8),
        "measures": measures or (weighed(),),
        "roles": ((role or people.role()).id,),
    }
    return PlanTerms(**(defaults | values))


def plan(role: Role | None = None, *measures: Weighed, **values: Any) -> BonusPlan:
    return operations.publish_plan(None, terms(role, *measures, **values), by=None).plan


def run(plan_: BonusPlan, *, by: Account | None = None, pay: int | None = PAY) -> BonusRun:
    """The third quarter of 2026 with everybody's pay entered."""
    row = operations.start_run(plan_, STARTS, by=by or people.account(roles=["hr"]))
    db.session.flush()
    for entry in db.session.query(BonusEntry).filter_by(run_id=row.id):
        entry.pay = pay
    db.session.flush()
    return row


def proposed(plan_: BonusPlan, *, by: Account | None = None) -> BonusRun:
    hr = by or people.account(roles=["hr"])
    row = run(plan_, by=hr)
    operations.propose_run(row, by=hr)
    db.session.flush()
    return row


def issued(plan_: BonusPlan, *, by: Account | None = None) -> list[BonusStatement]:
    """Everybody's statements of the third quarter, by the order of people."""
    hr = by or people.account(roles=["hr"])
    row = proposed(plan_, by=hr)
    operations.approve_run(row, by=people.account(roles=["executive"]))
    operations.issue_run(row, by=hr)
    db.session.flush()
    found = db.session.query(BonusStatement).filter_by(run_id=row.id)
    return list(found.order_by(BonusStatement.person_id).populate_existing())
