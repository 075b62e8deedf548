"""Whom the portal can tell something, and how it writes to them."""

from __future__ import annotations

import pytest

from portal.accounts.readers import account_in_use, write_to
from portal.accounts.states import AccountState
from tests.factories import accounts as make
from tests.factories import people

pytestmark = pytest.mark.usefixtures("db_session")


def test_who_can_sign_in_can_be_told() -> None:
    account = make.member()
    assert account_in_use(account.person_id) is account


@pytest.mark.parametrize("state", [AccountState.INVITED, AccountState.CLOSED])
def test_an_account_not_in_use_is_not_told(state: AccountState) -> None:
    assert account_in_use(make.member(state=state).person_id) is None


def test_nobody_and_somebody_without_an_account_are_not_told() -> None:
    assert account_in_use(None) is None
    assert account_in_use(people.person().id) is None


def test_a_mail_speaks_the_language_of_its_reader() -> None:
    reader = make.member(language="tr")
    write_to(reader, "accounts/reset", key="once", url="https://example.com/x", minutes=30)
    write_to(reader, "accounts/reset", key="once", url="https://example.com/y", minutes=30)
    (mail,) = make.mails()
    assert (mail.to_address, mail.locale, mail.person_id) == (reader.email, "tr", reader.person_id)
