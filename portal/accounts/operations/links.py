"""Single-use links sent by mail: invitations and password resets."""

from __future__ import annotations

from datetime import timedelta
from typing import Final, cast

import sqlalchemy as sa

from portal.accounts import notices, queries
from portal.accounts.models import Account, AccountLink
from portal.accounts.operations.passwords import require_good, retire_links, set_password
from portal.accounts.states import AccountFact, AccountState, LinkPurpose
from portal.core import audit, clock
from portal.core.db import db
from portal.core.errors import Gone, NotFound
from portal.core.jobs import enqueue
from portal.core.tokens import hash_token, keyed_hash, new_token

LIFETIMES: Final = {
    LinkPurpose.INVITATION: timedelta(days=7),
    LinkPurpose.RESET: timedelta(hours=1),
}

STATE_FOR: Final = {
    LinkPurpose.INVITATION: AccountState.INVITED,
    LinkPurpose.RESET: AccountState.ACTIVE,
}
"""The state in which an account's link is good for anything."""


def send_invitation(account: Account) -> None:
    """Mail a fresh invitation; an earlier one stops working."""
    token = _new_link(account, LinkPurpose.INVITATION)
    notices.invitation(account, token, days=LIFETIMES[LinkPurpose.INVITATION].days)


def ask_reset(email: str) -> None:
    """Have a reset link sent, if there is such an account.

    The work is left to a job, so that neither the answer nor its time tells whether there is one.
    """
    address = queries.normal_email(email)
    enqueue("accounts.send_reset", key=f"reset:{keyed_hash('reset', address)}", email=address)


def send_reset(email: str) -> None:
    """Mail a reset link to the account of this address; to one still invited, a new invitation."""
    account = db.session.scalar(queries.account_with(email))
    if account is None or account.state is AccountState.CLOSED:
        return
    audit.record(AccountFact.RESET_ASKED, account, by=None)
    if account.state is AccountState.INVITED:
        send_invitation(account)
        return
    token = _new_link(account, LinkPurpose.RESET)
    minutes = LIFETIMES[LinkPurpose.RESET] // timedelta(minutes=1)
    notices.reset(account, token, minutes=minutes)


def usable_link(token: str, purpose: LinkPurpose) -> AccountLink:
    """The link of a token, if it can be used; looking does not use it up.

    Raises:
        NotFound: if no such link was ever sent.
        Gone: if it was used, replaced or has expired.
    """
    link = db.session.scalar(queries.link_with(token))
    if link is None or link.purpose is not purpose:
        raise NotFound
    over = link.used_at is not None or link.expires_at <= clock.now()
    if over or link.account.state is not STATE_FOR[purpose]:
        raise Gone
    return link


def accept_invitation(token: str, *, password: str) -> Account:
    """Take up an invitation by choosing a password; returns the account, now active.

    Raises:
        NotFound, Gone: as ``usable_link``.
        Refused: if the password is not good enough; the link then stays usable.
    """
    account = usable_link(token, LinkPurpose.INVITATION).account
    require_good(account, password)
    _use(token)
    set_password(account, password, by=account)
    return account


def reset_password(token: str, *, password: str) -> Account:
    """Set a new password by a link; every session of the account ends, and its owner is told.

    Raises:
        NotFound, Gone, Refused: as ``accept_invitation``.
    """
    account = usable_link(token, LinkPurpose.RESET).account
    require_good(account, password)
    _use(token)
    set_password(account, password, by=account)
    notices.password_changed(account)
    return account


def _new_link(account: Account, purpose: LinkPurpose) -> str:
    retire_links(account)
    token = new_token()
    now = clock.now()
    db.session.add(
        AccountLink(
            account=account,
            purpose=purpose,
            token_hash=hash_token(token),
            created_at=now,
            expires_at=now + LIFETIMES[purpose],
        )
    )
    db.session.flush()
    return token


def _use(token: str) -> None:
    """Use a link up; of two who do so at the same moment, the database lets one.

    Raises:
        Gone: for the other.
    """
    result = db.session.execute(
        sa.update(AccountLink)
        .where(AccountLink.token_hash == hash_token(token), AccountLink.used_at.is_(None))
        .values(used_at=clock.now())
    )
    if cast("sa.CursorResult[tuple[()]]", result).rowcount != 1:
        raise Gone
