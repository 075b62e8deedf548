"""The command that makes the first administrator, and lets a locked-out one back in."""

from __future__ import annotations

from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from portal.accounts.models import Account
from portal.accounts.operations.passwords import matches
from portal.accounts.queries import account_with
from portal.accounts.states import AccountState
from portal.core.db import db
from portal.people.cli import create_admin
from portal.people.models import Person
from tests.factories.accounts import PASSWORD, member

pytestmark = pytest.mark.usefixtures("isolated", "clock")


def _run(
    app: Flask,
    *more: str,
    password: str = PASSWORD,
    email: str = "ada@example.com",
    name: str = "Ada Lovelace",
) -> Result:
    arguments = ["--email", email, "--name", name, "--password-stdin", *more]
    return app.test_cli_runner().invoke(create_admin, arguments, input=f"{password}\n")


def _found(email: str = "ada@example.com") -> Any:
    return db.session.scalar(account_with(email))


def test_an_administrator_is_made_who_can_sign_in(app: Flask) -> None:
    result = _run(app, "--language", "tr", "--time-zone", "Europe/Istanbul")

    assert result.exit_code == 0, result.output
    assert result.output == "Ada Lovelace can sign in as ada@example.com.\n"
    with app.app_context():
        account = _found()
        assert (account.roles, account.state) == (["admin"], AccountState.ACTIVE)
        assert (account.language, account.time_zone) == ("tr", "Europe/Istanbul")
        assert matches(PASSWORD, account.password_hash)
        person = db.session.get_one(Person, account.person_id)
        assert (person.given_name, person.family_name) == ("Ada", "Lovelace")


@pytest.mark.parametrize(
    ("language", "name", "names"),
    [
        ("en", "Ada Byron Lovelace", ("Ada Byron", "Lovelace")),
        ("ja", "山田 花子", ("花子", "山田")),
        ("en", "Ada", ("Ada", "")),
    ],
)
def test_a_full_name_is_taken_apart(
    app: Flask, language: str, name: str, names: tuple[str, str]
) -> None:
    assert _run(app, "--language", language, name=name).exit_code == 0

    with app.app_context():
        person = db.session.get_one(Person, _found().person_id)
        assert (person.given_name, person.family_name) == names


@pytest.mark.parametrize("state", [AccountState.ACTIVE, AccountState.CLOSED])
def test_who_is_locked_out_gets_a_new_password_and_the_role(
    app: Flask, state: AccountState
) -> None:
    with app.app_context():
        member("ada@example.com", roles=["hr"], state=state)
        db.session.commit()

    assert _run(app, password="another long one").exit_code == 0

    with app.app_context():
        account: Account = _found()
        assert account.roles == ["admin", "hr"]
        assert account.state is AccountState.ACTIVE
        assert matches("another long one", account.password_hash)


def test_a_bad_password_makes_nobody(app: Flask) -> None:
    result = _run(app, password="short")

    assert result.exit_code == 1
    assert "at least 10 characters" in result.output
    with app.app_context():
        assert _found() is None


def test_a_time_zone_nobody_knows_is_refused(app: Flask) -> None:
    result = _run(app, "--time-zone", "Mars/Olympus")

    assert result.exit_code == 2
    assert "Mars/Olympus" in result.output


def test_the_password_is_asked_for_twice_without_showing_it(app: Flask) -> None:
    arguments = ["--email", "ada@example.com", "--name", "Ada Lovelace"]
    result = app.test_cli_runner().invoke(
        create_admin, arguments, input=f"{PASSWORD}\n{PASSWORD}\n"
    )

    assert result.exit_code == 0, result.output
    assert PASSWORD not in result.output
