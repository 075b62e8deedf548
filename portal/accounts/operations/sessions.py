"""Signed-in browsers: opened at sign-in, listed, and ended one by one or all at once."""

from __future__ import annotations

from flask_babel import gettext as _

from portal.accounts import notices, queries
from portal.accounts.models import Account, AccountSession
from portal.accounts.operations.passwords import (
    end_sessions,
    hash_password,
    is_outdated,
    matches,
    set_password,
)
from portal.accounts.states import AccountFact
from portal.core import audit, clock
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.tokens import hash_token, new_token


def open_session(account: Account, *, address: str, browser: str) -> str:
    """Let a browser in; returns the token for its cookie, kept nowhere else."""
    token = new_token()
    now = clock.now()
    db.session.add(
        AccountSession(
            account=account,
            token_hash=hash_token(token),
            created_at=now,
            seen_at=now,
            address=address[:45],
            browser=browser[:255],
        )
    )
    account.last_signed_in_at = now
    db.session.flush()
    return token


def sign_in(email: str, password: str, *, address: str, browser: str) -> str:
    """Sign in with e-mail and password; returns the token of the new session.

    Raises:
        Refused: if they don't go together; the message never says which of the two is wrong.
    """
    account = db.session.scalar(queries.account_with(email))
    fits = matches(password, account.password_hash if account else None)
    if account is None or not fits or not account.is_active:
        raise Refused(
            _("This e-mail address and password don't go together. Check both and try again."),
            field="password",
        )
    if is_outdated(str(account.password_hash)):
        account.password_hash = hash_password(password)
    audit.record(AccountFact.SIGNED_IN, account, by=account)
    return open_session(account, address=address, browser=browser)


def sign_out(session: AccountSession) -> None:
    """End the session a person is in."""
    session.revoked_at = clock.now()
    audit.record(AccountFact.SIGNED_OUT, session.account, by=session.account)


def revoke_session(session: AccountSession, *, by: Account) -> None:
    """End one session, such as that of a lost phone."""
    if session.revoked_at is None:
        session.revoked_at = clock.now()
        audit.record(AccountFact.SESSION_REVOKED, session.account, by=by, browser=session.browser)


def revoke_other_sessions(account: Account, *, keep: AccountSession | None, by: Account) -> int:
    """End every session of the account but ``keep``; returns how many there were."""
    ended = end_sessions(account, but=keep.id if keep else None)
    if ended:
        audit.record(AccountFact.SESSION_REVOKED, account, by=by, sessions=ended)
    return ended


def change_password(
    account: Account, *, present: str, password: str, address: str, browser: str
) -> str:
    """Change one's own password, end all sessions and open a new one; returns its token.

    Raises:
        Refused: if the present password is wrong, or the new one is not good enough.
    """
    if not matches(present, account.password_hash):
        raise Refused(_("This is not your present password."), field="present")
    set_password(account, password, by=account)
    notices.password_changed(account)
    return open_session(account, address=address, browser=browser)


def sweep() -> None:
    """Forget the sessions and links that were over a month ago."""
    for query in queries.long_over():
        db.session.execute(query)
