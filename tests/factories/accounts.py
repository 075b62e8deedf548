"""Accounts with passwords, sessions and links; flushed, never committed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from portal.accounts import operations
from portal.accounts.models import Account, AccountLink, AccountSession
from portal.accounts.states import AccountState
from portal.core import clock
from portal.core.db import db
from portal.core.mail.models import OutgoingMail
from tests.factories import people

PASSWORD = "correct horse battery"


def member(email: str = "deniz@example.com", **values: Any) -> Account:
    """Someone who signs in with this address and ``PASSWORD``."""
    password_hash = operations.hash_password(PASSWORD)
    person = people.person(email=email)
    return people.account(person=person, password_hash=password_hash, **values)


def invited(email: str = "yeni@example.com", **values: Any) -> Account:
    """Someone with an account who has not chosen a password."""
    return people.account(person=people.person(email=email), state=AccountState.INVITED, **values)


def session_of(account: Account, browser: str = "Firefox") -> AccountSession:
    """The row of a session opened now."""
    operations.open_session(account, address="10.0.0.1", browser=browser)
    newest = sa.select(AccountSession).order_by(AccountSession.id.desc()).limit(1)
    return db.session.scalars(newest).one()


def mails() -> list[OutgoingMail]:
    """Every mail written, oldest first."""
    return list(db.session.scalars(sa.select(OutgoingMail).order_by(OutgoingMail.id)))


def token_in(mail: OutgoingMail) -> str:
    """The token of the link in a mail."""
    address = next(line for line in mail.text.splitlines() if "://" in line)
    return address.rsplit("/", 1)[1]


def links_of(account: Account) -> list[AccountLink]:
    return list(
        db.session.scalars(
            sa.select(AccountLink)
            .where(AccountLink.account_id == account.id)
            .order_by(AccountLink.id)
        )
    )


def later(**delta: float) -> datetime:
    """The moment so much after the present."""
    return clock.now() + timedelta(**delta)
