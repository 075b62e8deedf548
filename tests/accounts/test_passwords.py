"""Passwords: hashed, checked, replaced when the settings change, refused when they are bad."""

from __future__ import annotations

import pytest
from flask import Flask

from portal.accounts import operations
from portal.accounts.operations.passwords import hash_password, is_outdated, matches
from portal.accounts.states import AccountState
from portal.core.errors import Refused
from tests.factories.accounts import PASSWORD, invited, member, session_of

pytestmark = pytest.mark.usefixtures("db_session", "clock")


def test_a_password_fits_its_own_hash_alone() -> None:
    made = hash_password(PASSWORD)

    assert made.startswith("$argon2id$")
    assert matches(PASSWORD, made)
    assert not matches(PASSWORD + ".", made)


def test_nobody_has_a_password_that_fits() -> None:
    assert not matches(PASSWORD, None)
    assert not matches("the password of nobody", None)


def test_a_broken_hash_fits_nothing() -> None:
    assert not matches(PASSWORD, "not a hash")


@pytest.mark.parametrize("typed", ["ｐａｓｓｗｏｒｄ １２３", "password 123"])
def test_every_keyboard_gives_the_same_password(typed: str) -> None:
    assert matches(typed, hash_password("password 123"))


def test_composed_letters_are_the_same_password() -> None:
    assert matches("s\u0327ifrem uzun", hash_password("\u015fifrem uzun"))


def test_a_hash_of_other_settings_is_outdated(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    made = hash_password(PASSWORD)
    assert not is_outdated(made)

    monkeypatch.setitem(app.config, "ARGON2", {"time_cost": 2, "memory_cost": 16, "parallelism": 1})

    assert is_outdated(made)
    assert matches(PASSWORD, made)


def test_setting_a_password_makes_an_invited_account_active() -> None:
    account = invited()

    operations.set_password(account, PASSWORD, by=account)

    assert account.state is AccountState.ACTIVE
    assert matches(PASSWORD, account.password_hash)


def test_setting_a_password_ends_every_session() -> None:
    account = member()
    session = session_of(account)

    operations.set_password(account, "another long one", by=account)

    assert session.revoked_at is not None


@pytest.mark.parametrize(
    ("password", "message"),
    [
        ("short", "Use at least 10 characters."),
        ("Deniz@Example.com", "Your e-mail address can't be your password. Choose another."),
        ("x" * 201, "Shorten this to 200 characters."),
    ],
)
def test_a_bad_password_is_refused_at_its_field(password: str, message: str) -> None:
    account = member()
    before = account.password_hash

    with pytest.raises(Refused) as refused:
        operations.set_password(account, password, by=account)

    assert (refused.value.message, refused.value.field) == (message, "password")
    assert account.password_hash == before


def test_a_demonstration_has_short_passwords(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "DEMO", True)
    account = member()

    operations.set_password(account, "demo", by=None)

    assert matches("demo", account.password_hash)


def test_a_closed_account_gets_no_password() -> None:
    account = member(state=AccountState.CLOSED)

    with pytest.raises(Refused, match="closed"):
        operations.set_password(account, "another long one", by=account)
