"""The trail as HR reads it, and as the person reads it whom it concerns."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa

from portal.accounts.models import Account
from portal.core import i18n
from portal.core.audit import AuditEvent

OPENED = (".read", ".cv\\_opened", ".panel\\_opened")
"""How the facts end that record a reading and not a change."""


def trail() -> sa.Select[*tuple[Any, ...]]:
    """Every recorded change with the name of who made it; the caller orders it."""
    return sa.select(AuditEvent, Account.display_name).outerjoin(
        Account, Account.id == AuditEvent.account_id
    )


def actors() -> sa.Select[*tuple[Any, ...]]:
    """Id and name of the accounts that have done anything."""
    acted = sa.exists().where(AuditEvent.account_id == Account.id)
    return sa.select(Account.id, Account.display_name).where(acted).order_by(Account.display_name)


def subject_types() -> sa.Select[*tuple[Any, ...]]:
    """The kinds of records the trail speaks of."""
    return sa.select(AuditEvent.subject_type).distinct().order_by(AuditEvent.subject_type)


def readings_about(person_id: int, account_id: int) -> sa.Select[*tuple[Any, ...]]:
    """When others opened records about a person, newest first: moment, what, and who."""
    opened = sa.or_(*(AuditEvent.action.like(f"%{ending}", escape="\\") for ending in OPENED))
    return (
        sa.select(AuditEvent.id, AuditEvent.at, AuditEvent.action, Account.display_name)
        .join(Account, Account.id == AuditEvent.account_id)
        .where(AuditEvent.about_person_id == person_id, opened, AuditEvent.account_id != account_id)
        .order_by(AuditEvent.id.desc())
    )


def since(day: str) -> sa.ColumnElement[bool]:
    """From an ISO day on, in the reader's time zone; anything else is no limit."""
    start = _start_of(day)
    return AuditEvent.at >= start if start else sa.true()


def until(day: str) -> sa.ColumnElement[bool]:
    """Up to the last moment of an ISO day, in the reader's time zone."""
    start = _start_of(day)
    return AuditEvent.at < start + timedelta(days=1) if start else sa.true()


def _start_of(day: str) -> datetime | None:
    try:
        return datetime.combine(date.fromisoformat(day), time(), i18n.current_zone())
    except ValueError:
        return None
