"""Invitations and resets: links that work once, for a time, and tell strangers nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.accounts import operations
from portal.accounts.models import Account
from portal.accounts.operations.passwords import matches
from portal.accounts.states import AccountFact, AccountState, LinkPurpose
from portal.core.audit import AuditEvent
from portal.core.db import db
from portal.core.errors import Gone, NotFound, Refused
from portal.core.jobs import run_pending
from tests.factories.accounts import (
    PASSWORD,
    invited,
    later,
    links_of,
    mails,
    member,
    session_of,
    token_in,
)
from tests.factories.people import account as account_row

pytestmark = pytest.mark.usefixtures("db_session", "clock")
Clock = Callable[[datetime], None]
NEW = "another long one"


def _reset_token(account: Account) -> str:
    operations.send_reset(account.email)
    return token_in(mails()[-1])


def _invitation_token(account: Account) -> str:
    operations.resend_invitation(account, by=account_row(roles=["admin"]))
    return token_in(mails()[-1])


def test_a_reset_link_sets_a_new_password_and_tells_the_owner() -> None:
    account = member()
    session = session_of(account)

    returned = operations.reset_password(_reset_token(account), password=NEW)

    assert returned is account
    assert matches(NEW, account.password_hash)
    assert session.revoked_at is not None
    assert [mail.kind for mail in mails()] == ["accounts/reset", "accounts/password_changed"]


def test_an_invitation_makes_the_account_active() -> None:
    account = invited()

    operations.accept_invitation(_invitation_token(account), password=NEW)

    assert account.state is AccountState.ACTIVE
    assert [mail.kind for mail in mails()] == ["accounts/invitation"]


def test_looking_at_a_link_does_not_use_it_up() -> None:
    token = _reset_token(member())

    for _look in range(3):
        assert operations.usable_link(token, LinkPurpose.RESET).used_at is None


def test_a_link_works_once() -> None:
    token = _reset_token(member())
    operations.reset_password(token, password=NEW)

    with pytest.raises(Gone):
        operations.reset_password(token, password=NEW)


def test_a_link_taken_by_someone_else_a_moment_earlier_is_gone() -> None:
    from portal.accounts.operations import links

    account = member()
    token = _reset_token(account)
    links._use(token)

    with pytest.raises(Gone):
        links._use(token)


def test_a_bad_password_leaves_the_link_usable() -> None:
    token = _reset_token(member())

    with pytest.raises(Refused):
        operations.reset_password(token, password="short")

    operations.reset_password(token, password=NEW)


def test_a_reset_link_works_for_an_hour(clock: Clock) -> None:
    token = _reset_token(member())

    clock(later(minutes=59))
    operations.usable_link(token, LinkPurpose.RESET)
    clock(later(minutes=1))
    with pytest.raises(Gone):
        operations.usable_link(token, LinkPurpose.RESET)


def test_an_invitation_works_for_seven_days(clock: Clock) -> None:
    token = _invitation_token(invited())

    clock(later(days=6, hours=23))
    operations.usable_link(token, LinkPurpose.INVITATION)
    clock(later(hours=1))
    with pytest.raises(Gone):
        operations.usable_link(token, LinkPurpose.INVITATION)


@pytest.mark.parametrize("forged", ["", "x", "A" * 43])
def test_a_forged_link_is_not_found(forged: str) -> None:
    _reset_token(member())

    with pytest.raises(NotFound):
        operations.reset_password(forged, password=NEW)


def test_a_link_is_good_for_its_own_purpose_alone() -> None:
    token = _reset_token(member())

    with pytest.raises(NotFound):
        operations.accept_invitation(token, password=NEW)


def test_a_newer_link_replaces_the_older() -> None:
    account = member()
    older, newer = _reset_token(account), _reset_token(account)

    with pytest.raises(Gone):
        operations.usable_link(older, LinkPurpose.RESET)
    operations.usable_link(newer, LinkPurpose.RESET)


def test_changing_the_password_ends_a_link_that_is_under_way() -> None:
    account = member()
    token = _reset_token(account)
    operations.change_password(account, present=PASSWORD, password=NEW, address="", browser="")

    with pytest.raises(Gone):
        operations.reset_password(token, password="a third long one")


@pytest.mark.parametrize("make_token", [_reset_token, _invitation_token])
def test_closing_the_account_ends_its_links(make_token: Callable[[Account], str]) -> None:
    account = member() if make_token is _reset_token else invited()
    token = make_token(account)
    operations.close_account(account, by=account_row(roles=["admin"]))
    purpose = links_of(account)[0].purpose

    with pytest.raises(Gone):
        operations.usable_link(token, purpose)


def test_a_reset_link_is_useless_while_the_account_is_closed() -> None:
    account = member()
    token = _reset_token(account)
    account.state = AccountState.CLOSED

    with pytest.raises(Gone):
        operations.usable_link(token, LinkPurpose.RESET)


def test_the_token_itself_is_kept_only_in_the_mail() -> None:
    account = member()
    token = _reset_token(account)

    assert token not in repr([link.token_hash for link in links_of(account)])


def test_an_unknown_address_is_sent_nothing() -> None:
    operations.send_reset("nobody@example.com")

    assert mails() == []


def test_a_closed_account_is_sent_nothing() -> None:
    member(state=AccountState.CLOSED)

    operations.send_reset("deniz@example.com")

    assert mails() == []


def test_someone_still_invited_who_asks_for_a_reset_is_invited_again() -> None:
    account = invited()

    operations.send_reset(account.email)

    assert [mail.kind for mail in mails()] == ["accounts/invitation"]


def test_asking_for_a_reset_is_recorded_without_an_actor() -> None:
    account = member()

    operations.send_reset(account.email)

    event = db.session.scalars(sa.select(AuditEvent)).one()
    assert (event.action, event.account_id) == (str(AccountFact.RESET_ASKED), None)
    assert event.about_person_id == account.person_id


def test_asking_only_leaves_work_for_later(app: Flask) -> None:
    member()

    operations.ask_reset(" Deniz@Example.com")
    assert mails() == []

    db.session.commit()
    run_pending(app)
    assert [mail.to_address for mail in mails()] == ["deniz@example.com"]


@pytest.mark.parametrize(
    ("language", "subject"),
    [("en", "A new password for your account at"), ("ja", "")],
)
def test_the_mail_is_in_the_language_of_the_account(language: str, subject: str) -> None:
    _reset_token(member(language=language))

    [mail] = mails()
    assert mail.locale == language
    assert mail.subject.startswith(subject)
    assert f'lang="{language}"' in mail.html
    assert token_in(mail) in mail.html
