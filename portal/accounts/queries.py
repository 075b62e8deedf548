"""What is read of accounts: the session of a browser, lists, links and the trail."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

import sqlalchemy as sa
from flask import current_app

from portal.accounts.models import (
    Account,
    AccountLink,
    AccountSession,
    CalendarFeed,
    SavedView,
)
from portal.accounts.states import AccountState
from portal.core import clock
from portal.core.audit import AuditEvent
from portal.core.i18n import fold
from portal.core.tokens import hash_token

IDLE: Final = timedelta(hours=12)
"""A session nobody uses for so long is over."""

LONGEST: Final = timedelta(days=14)
"""A session is over after this time even if used all along."""


def normal_email(email: str) -> str:
    """The form in which addresses of accounts are kept and compared."""
    return email.strip().lower()


def _open() -> sa.ColumnElement[bool]:
    now = clock.now()
    return sa.and_(
        AccountSession.revoked_at.is_(None),
        AccountSession.seen_at > now - IDLE,
        AccountSession.created_at > now - LONGEST,
    )


def session_with(token: str) -> sa.Select[AccountSession]:
    """The open session of this token and, in the same statement, its active account."""
    return (
        sa.select(AccountSession)
        .join(AccountSession.account)
        .options(sa.orm.contains_eager(AccountSession.account))
        .where(
            AccountSession.token_hash == hash_token(token),
            Account.state == AccountState.ACTIVE,
            _open(),
        )
    )


def sessions_of(account: Account) -> sa.Select[AccountSession]:
    """The account's open sessions, last used first."""
    return (
        sa.select(AccountSession)
        .where(AccountSession.account_id == account.id, _open())
        .order_by(AccountSession.seen_at.desc(), AccountSession.id.desc())
    )


def views_of(account: Account, place: str) -> sa.Select[SavedView]:
    """The views an account has saved of a list, in the order they were."""
    return (
        sa.select(SavedView)
        .where(SavedView.account_id == account.id, SavedView.place == place)
        .order_by(SavedView.id)
    )


def account_with(email: str) -> sa.Select[Account]:
    """The account of an e-mail address."""
    return sa.select(Account).where(Account.email == normal_email(email))


def account_of(person_id: int) -> sa.Select[Account]:
    """The account of a person, open or closed."""
    return sa.select(Account).where(Account.person_id == person_id)


def link_with(token: str) -> sa.Select[AccountLink]:
    """The single-use link of this token, whether or not it can still be used."""
    return sa.select(AccountLink).where(AccountLink.token_hash == hash_token(token))


def accounts() -> sa.Select[*tuple[Any, ...]]:
    """Every account as a list row."""
    return sa.select(
        Account.id,
        Account.display_name,
        Account.subtitle,
        Account.email,
        Account.roles,
        Account.state,
        Account.last_signed_in_at,
    )


def named(search: str) -> sa.ColumnElement[bool]:
    """Accounts whose name or address has these letters, as people type them."""
    return Account.search_text.contains(fold(search), autoescape=True)


def holding(role: str) -> sa.ColumnElement[bool]:
    """Accounts that hold a role; the list is stored as JSON text such as ``["hr", "manager"]``."""
    return sa.cast(Account.roles, sa.Text).contains(f'"{role}"', autoescape=True)


def trail_of(account: Account) -> sa.Select[*tuple[Any, ...]]:
    """What was recorded of an account, newest first, each with the name of whoever did it."""
    actor = sa.orm.aliased(Account)
    return (
        sa.select(AuditEvent, actor.display_name)
        .outerjoin(actor, actor.id == AuditEvent.account_id)
        .where(
            AuditEvent.subject_type == Account.__tablename__, AuditEvent.subject_id == account.id
        )
        .order_by(AuditEvent.id.desc())
    )


def demo_accounts() -> sa.Select[Account]:
    """The accounts of the demonstration, whose password everyone knows."""
    addresses = [f"{name}@demo.example" for name in current_app.config["DEMO_ACCOUNTS"]]
    return (
        sa.select(Account)
        .where(Account.email.in_(addresses), Account.state == AccountState.ACTIVE)
        .order_by(sa.case({email: at for at, email in enumerate(addresses)}, value=Account.email))
    )


def long_over() -> tuple[sa.Delete, sa.Delete]:
    """The sessions and links that were over a month ago, to be deleted."""
    month_ago = clock.now() - timedelta(days=30)
    return (
        sa.delete(AccountSession).where(AccountSession.created_at < month_ago - LONGEST),
        sa.delete(AccountLink).where(AccountLink.expires_at < month_ago),
    )


def feed_of(account: Account) -> sa.Select[CalendarFeed]:
    """The calendar address of an account, if it has one."""
    return sa.select(CalendarFeed).where(CalendarFeed.account_id == account.id)


def feed_with(token: str) -> sa.Select[CalendarFeed]:
    """The calendar address with this token, if its account is in use."""
    return (
        sa.select(CalendarFeed)
        .join(CalendarFeed.account)
        .where(CalendarFeed.token_hash == hash_token(token), Account.state == AccountState.ACTIVE)
    )
