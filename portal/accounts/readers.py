"""Whom the portal can tell something, and how it writes to them."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from portal.accounts import queries
from portal.accounts.models import Account
from portal.accounts.states import AccountState
from portal.core import mail
from portal.core.db import db


def account_in_use(person_id: int | None) -> Account | None:
    """The account of a person who can sign in today, if there is one."""
    if person_id is None:
        return None
    account = db.session.scalar(queries.account_of(person_id))
    return account if account is not None and account.state is AccountState.ACTIVE else None


def accounts_holding(*roles: str) -> list[Account]:
    """Accounts in use that hold one of some roles, in a steady order."""
    held = sa.or_(*(queries.holding(role) for role in roles))
    found = sa.select(Account).where(held, Account.state == AccountState.ACTIVE)
    return list(db.session.scalars(found.order_by(Account.id)))


def write_to(
    account: Account,
    kind: str,
    /,
    *,
    key: str | None = None,
    attachments: Iterable[mail.Attachment] = (),
    **context: object,
) -> None:
    """Send a mail in the reader's language; its templates also know the ``account``."""
    mail.send(
        kind,
        to=account.email,
        name=account.display_name,
        person_id=account.person_id,
        locale=account.language,
        key=key,
        attachments=attachments,
        context={"account": account, **context},
    )
