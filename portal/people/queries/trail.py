"""The trail as HR reads it, and as the person reads it whom it concerns."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from portal.accounts.models import Account
from portal.core.audit import AuditEvent


def trail() -> sa.Select[*tuple[Any, ...]]:
    """Every recorded change with the name of who made it; the caller orders it."""
    return (
        sa.select(AuditEvent, Account.display_name)
        .outerjoin(Account, Account.id == AuditEvent.account_id)
    )


def actors() -> sa.Select[*tuple[Any, ...]]:
    """Id and name of the accounts that have done anything."""
    acted = sa.exists().where(AuditEvent.account_id == Account.id)
    return sa.select(Account.id, Account.display_name).where(acted).order_by(Account.display_name)


def subject_types() -> sa.Select[*tuple[Any, ...]]:
    """The kinds of records the trail speaks of."""
    return sa.select(AuditEvent.subject_type).distinct().order_by(AuditEvent.subject_type)


def readings_about(
    person_id: int, account_id: int, actions: list[str]
) -> sa.Select[*tuple[Any, ...]]:
    """When others opened records about a person, newest first: moment, what, and who."""
    return (
        sa.select(AuditEvent.id, AuditEvent.at, AuditEvent.action, Account.display_name)
        .outerjoin(Account, Account.id == AuditEvent.account_id)
        .where(
            AuditEvent.about_person_id == person_id,
            AuditEvent.action.in_(actions),
            sa.or_(AuditEvent.account_id.is_(None), AuditEvent.account_id != account_id),
        )
        .order_by(AuditEvent.id.desc())
    )
