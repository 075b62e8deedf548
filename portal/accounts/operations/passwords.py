"""Passwords: hashed with argon2id, checked in the same time whether or not there is one."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import Any, Final

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app
from flask_babel import gettext as _

from portal.accounts import queries
from portal.accounts.models import Account, AccountLink
from portal.accounts.states import AccountFact, AccountState
from portal.core import audit, clock
from portal.core.db import db
from portal.core.errors import Refused

SHORTEST: Final = 10
LONGEST: Final = 200


def hash_password(password: str) -> str:
    """The argon2id hash of a password, with the parameters of the settings."""
    return _hasher().hash(_normal(password))


def matches(password: str, password_hash: str | None) -> bool:
    """Whether the password belongs to the hash; without one the same work is done for nothing."""
    try:
        _hasher().verify(password_hash or _hash_of_nobody(_parameters()), _normal(password))
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def is_outdated(password_hash: str) -> bool:
    """Whether the hash was made with other parameters than the present settings name."""
    return _hasher().check_needs_rehash(password_hash)


def set_password(account: Account, password: str, *, by: Account | None) -> None:
    """Give an account a password, make an invited account active; its sessions and links end.

    Raises:
        Refused: if the account is closed, or the password is too short or the e-mail address.
    """
    if account.state is AccountState.CLOSED:
        raise Refused(_("This account is closed. Ask HR if you need it again."))
    require_good(account, password)
    account.password_hash = hash_password(password)
    account.state = AccountState.ACTIVE
    end_sessions(account)
    retire_links(account)
    audit.record(AccountFact.PASSWORD_SET, account, by=by)


def end_sessions(account: Account, *, but: int | None = None) -> int:
    """End the account's open sessions, except the one with the id ``but``; returns how many."""
    ended = [row for row in db.session.scalars(queries.sessions_of(account)) if row.id != but]
    for row in ended:
        row.revoked_at = clock.now()
    return len(ended)


def retire_links(account: Account) -> None:
    """Make every link sent to the account useless."""
    db.session.execute(
        sa.update(AccountLink)
        .where(AccountLink.account_id == account.id, AccountLink.used_at.is_(None))
        .values(used_at=clock.now())
    )


def require_good(account: Account, password: str) -> None:
    """Check what someone wants as the account's password.

    Raises:
        Refused: if it is too short, too long, or the account's e-mail address.
    """
    text = _normal(password)
    if len(text) > LONGEST:
        raise Refused(_("Shorten this to %(most)s characters.", most=LONGEST), field="password")
    if text.casefold() == account.email.casefold():
        raise Refused(
            _("Your e-mail address can't be your password. Choose another."), field="password"
        )
    # The demonstration's password is told to everyone on the sign-in page: "demo".
    if len(text) < SHORTEST and not current_app.config["DEMO"]:
        raise Refused(_("Use at least %(least)s characters.", least=SHORTEST), field="password")


def _normal(password: str) -> str:
    """One form for what different keyboards send: full-width and composed letters alike."""
    return unicodedata.normalize("NFKC", password)


def _parameters() -> tuple[tuple[str, int], ...]:
    return tuple(sorted(current_app.config["ARGON2"].items()))


def _hasher() -> PasswordHasher:
    return _hasher_with(_parameters())


@cache
def _hasher_with(parameters: tuple[tuple[str, int], ...]) -> PasswordHasher:
    named: dict[str, Any] = dict(parameters)
    return PasswordHasher(**named)


@cache
def _hash_of_nobody(parameters: tuple[tuple[str, int], ...]) -> str:
    return _hasher_with(parameters).hash("the password of nobody")
