"""The trail as HR reads it, and as the person reads it whom it concerns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa

from portal.accounts import queries as accounts
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


def accounts_named(search: str) -> sa.Select[int]:
    """The ids of the accounts whose name or address has these letters."""
    return sa.select(Account.id).where(accounts.named(search))


def done_by(search: str, few: Sequence[int] | None) -> sa.ColumnElement[bool]:
    """Rows of ``trail`` by the accounts so named; ``few`` are their ids, unless they are many.

    An index leads to the events of a few. For many, sorting all they did would take longer than
    asking from the newest event on who did it.
    """
    if few is not None:
        return AuditEvent.account_id.in_(few)
    return accounts.named(search)


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
    if start is None or start.date() == date.max:
        return sa.true()
    return AuditEvent.at < start + timedelta(days=1)


def _start_of(day: str) -> datetime | None:
    try:
        return datetime.combine(date.fromisoformat(day), time(), i18n.current_zone())
    except ValueError:
        return None
