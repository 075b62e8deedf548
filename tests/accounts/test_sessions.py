"""Signing in, the life of a session, and its ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.accounts import operations, queries
from portal.accounts.models import Account, AccountSession
from portal.accounts.operations.passwords import is_outdated, matches
from portal.accounts.states import AccountFact, AccountState
from portal.core import clock as portal_clock
from portal.core.audit import AuditEvent
from portal.core.db import db
from portal.core.errors import Refused
from tests.factories.accounts import PASSWORD, invited, later, mails, member, session_of

pytestmark = pytest.mark.usefixtures("db_session", "clock")
Clock = Callable[[datetime], None]


def _sign_in(email: str = "deniz@example.com", password: str = PASSWORD) -> str:
    return operations.sign_in(email, password, address="10.0.0.1", browser="Firefox, Windows")


def _found(token: str) -> AccountSession | None:
    return db.session.scalar(queries.session_with(token))


def _facts(account: Account) -> list[str]:
    rows = sa.select(AuditEvent.action).where(
        AuditEvent.subject_type == "account", AuditEvent.subject_id == account.id
    )
    return list(db.session.scalars(rows.order_by(AuditEvent.id)))


@pytest.mark.parametrize("typed", ["deniz@example.com", " Deniz@Example.COM "])
def test_the_right_pair_opens_a_session(typed: str) -> None:
    account = member()

    session = _found(_sign_in(typed))

    assert session is not None
    assert session.account is account
    assert (session.address, session.browser) == ("10.0.0.1", "Firefox, Windows")
    assert account.last_signed_in_at == portal_clock.now()
    assert _facts(account) == [str(AccountFact.SIGNED_IN)]


def test_the_token_itself_is_kept_nowhere() -> None:
    member()
    token = _sign_in()

    assert token not in str(db.session.execute(sa.select(AccountSession.token_hash)).all())


@pytest.mark.parametrize(
    ("email", "password"),
    [("deniz@example.com", "wrong"), ("nobody@example.com", PASSWORD), ("deniz@example.com", "")],
)
def test_a_wrong_pair_is_refused_with_one_message(email: str, password: str) -> None:
    member()

    with pytest.raises(Refused) as refused:
        _sign_in(email, password)

    assert refused.value.field == "password"
    assert refused.value.message == (
        "This e-mail address and password don't go together. Check both and try again."
    )
    assert not db.session.scalars(sa.select(AccountSession)).all()


@pytest.mark.parametrize("state", [AccountState.INVITED, AccountState.CLOSED])
def test_only_an_active_account_signs_in(state: AccountState) -> None:
    member(state=state)

    with pytest.raises(Refused, match="don't go together"):
        _sign_in()


def test_signing_in_renews_an_outdated_hash(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    account = member()
    monkeypatch.setitem(app.config, "ARGON2", {"time_cost": 2, "memory_cost": 16, "parallelism": 1})
    assert is_outdated(str(account.password_hash))

    _sign_in()

    assert not is_outdated(str(account.password_hash))
    assert matches(PASSWORD, account.password_hash)


def test_a_session_unused_for_twelve_hours_is_over(clock: Clock) -> None:
    member()
    token = _sign_in()

    clock(later(hours=11, minutes=59))
    assert _found(token)
    clock(later(minutes=1))
    assert _found(token) is None


def test_a_session_used_all_along_is_over_after_fourteen_days(clock: Clock) -> None:
    member()
    token = _sign_in()
    for _half_day in range(28):
        clock(later(hours=11, minutes=59))
        session = _found(token)
        assert session
        session.seen_at = portal_clock.now()

    clock(later(hours=11, minutes=59))

    assert _found(token) is None


def test_a_closed_account_has_no_session() -> None:
    account = member()
    token = _sign_in()

    account.state = AccountState.CLOSED

    assert _found(token) is None


def test_signing_out_ends_the_session() -> None:
    account = member()
    token = _sign_in()
    session = _found(token)
    assert session

    operations.sign_out(session)

    assert _found(token) is None
    assert _facts(account)[-1] == str(AccountFact.SIGNED_OUT)


def test_a_session_is_ended_once() -> None:
    account = member()
    session = session_of(account)

    operations.revoke_session(session, by=account)
    operations.revoke_session(session, by=account)

    assert session.revoked_at == portal_clock.now()
    assert _facts(account) == [str(AccountFact.SESSION_REVOKED)]


def test_everywhere_else_means_all_but_this_one() -> None:
    account, other = member(), member("other@example.com")
    kept, first, second = session_of(account), session_of(account), session_of(account)
    theirs = session_of(other)

    ended = operations.revoke_other_sessions(account, keep=kept, by=account)

    assert ended == 2
    assert kept.revoked_at is None
    assert theirs.revoked_at is None
    assert first.revoked_at == second.revoked_at == portal_clock.now()


def test_nothing_is_recorded_when_there_is_no_other_session() -> None:
    account = member()
    kept = session_of(account)

    assert operations.revoke_other_sessions(account, keep=kept, by=account) == 0
    assert _facts(account) == []


def test_changing_the_password_needs_the_present_one() -> None:
    account = member()

    with pytest.raises(Refused) as refused:
        operations.change_password(
            account, present="wrong", password="another long one", address="", browser=""
        )

    assert refused.value.field == "present"
    assert matches(PASSWORD, account.password_hash)
    assert mails() == []


def test_a_bad_new_password_is_refused_at_the_new_one() -> None:
    account = member()

    with pytest.raises(Refused) as refused:
        operations.change_password(
            account, present=PASSWORD, password="short", address="", browser=""
        )

    assert refused.value.field == "password"


def test_changing_the_password_leaves_one_new_session_and_tells_the_owner() -> None:
    account = member(language="tr")
    old = session_of(account)

    token = operations.change_password(
        account, present=PASSWORD, password="another long one", address="10.0.0.1", browser="Safari"
    )

    assert old.revoked_at is not None
    assert [row.browser for row in db.session.scalars(queries.sessions_of(account))] == ["Safari"]
    assert _found(token)
    [mail] = mails()
    assert (mail.kind, mail.to_address, mail.locale) == (
        "accounts/password_changed",
        "deniz@example.com",
        "tr",
    )


def test_what_was_over_a_month_ago_is_forgotten(clock: Clock) -> None:
    account = member()
    old = session_of(account)
    clock(later(days=40))
    recent = session_of(account)
    clock(later(days=5))

    operations.sweep()

    left = db.session.scalars(sa.select(AccountSession.id)).all()
    assert left == [recent.id]
    assert old.id != recent.id


def test_an_invited_person_cannot_sign_in_without_a_password() -> None:
    account = invited()

    with pytest.raises(Refused):
        _sign_in(account.email, "")
