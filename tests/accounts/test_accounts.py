"""Making accounts, inviting, roles, language, closing: each way out of each operation."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from portal.accounts import operations
from portal.accounts.models import Account
from portal.accounts.states import AccountFact, AccountState
from portal.core.audit import AuditEvent
from portal.core.db import db
from portal.core.errors import Refused
from tests.factories import people
from tests.factories.accounts import invited, mails, member, session_of

pytestmark = pytest.mark.usefixtures("db_session", "clock")


@pytest.fixture
def admin() -> Account:
    return people.account(roles=["admin"])


def _invite(by: Account | None, **changes: Any) -> Account:
    values: dict[str, Any] = {
        "person_id": 0,
        "email": "Elif@Example.com",
        "display_name": "Elif Şahin",
        "subtitle": "Associate",
        "language": "tr",
        "time_zone": "Europe/Istanbul",
    } | changes
    values["person_id"] = values["person_id"] or people.person(email="elif@example.com").id
    return operations.invite(**values, by=by)


def _last_event() -> AuditEvent:
    return db.session.scalars(sa.select(AuditEvent).order_by(AuditEvent.id.desc())).first()  # type: ignore[return-value]


def test_an_invited_person_gets_an_account_and_a_link(admin: Account) -> None:
    account = _invite(admin, roles=["interviewer", "hr"])

    assert account.state is AccountState.INVITED
    assert (account.email, account.roles) == ("elif@example.com", ["hr", "interviewer"])
    assert account.password_hash is None
    [mail] = mails()
    assert (mail.kind, mail.to_address, mail.locale) == (
        "accounts/invitation",
        "elif@example.com",
        "tr",
    )
    assert "/invitation/" in mail.text
    assert _last_event().action == str(AccountFact.INVITED)
    assert _last_event().account_id == admin.id


def test_an_address_belongs_to_one_account(admin: Account) -> None:
    member("elif@example.com")

    with pytest.raises(Refused) as refused:
        _invite(admin, person_id=people.person().id)

    assert refused.value.field == "email"
    assert mails() == []


def test_someone_invited_already_is_sent_a_new_link(admin: Account) -> None:
    account = _invite(admin)

    again = _invite(admin, person_id=account.person_id)

    assert again is account
    assert len(mails()) == 2


def test_someone_who_signs_in_already_keeps_the_account_and_gains_the_roles(admin: Account) -> None:
    account = member(roles=["interviewer"])

    again = _invite(admin, person_id=account.person_id, roles=["manager"], subtitle="Team lead")

    assert again is account
    assert account.state is AccountState.ACTIVE
    assert account.roles == ["manager", "interviewer"]
    assert account.subtitle == "Team lead"
    assert mails() == []


def test_someone_who_comes_back_is_invited_with_the_old_account(admin: Account) -> None:
    account = member(state=AccountState.CLOSED)

    _invite(admin, person_id=account.person_id)

    assert account.state is AccountState.INVITED
    assert account.password_hash is None
    assert len(mails()) == 1


def test_an_unknown_role_is_a_mistake_in_the_program(admin: Account) -> None:
    with pytest.raises(ValueError, match="wizard"):
        _invite(admin, roles=["wizard"])


def test_opening_an_account_sends_nothing() -> None:
    account = operations.open_account(
        person_id=people.person().id,
        email="a@example.com",
        display_name="A",
        language="en",
        time_zone="UTC",
        by=None,
    )

    assert account.state is AccountState.INVITED
    assert mails() == []


@pytest.mark.parametrize("state", [AccountState.ACTIVE, AccountState.CLOSED])
def test_only_someone_without_a_password_is_invited_again(
    admin: Account, state: AccountState
) -> None:
    account = member(state=state)

    with pytest.raises(Refused, match="invited again"):
        operations.resend_invitation(account, by=admin)


def test_roles_are_set_and_recorded_with_what_they_were(admin: Account) -> None:
    account = member(roles=["manager"])
    db.session.commit()

    operations.change_roles(account, ["hr", "manager", "hr"], by=admin)

    assert account.roles == ["hr", "manager"]
    event = _last_event()
    assert event.action == str(AccountFact.ROLES_CHANGED)
    assert event.before == {"roles": ["manager"]}
    assert event.after == {"roles": ["hr", "manager"]}


def test_the_same_roles_are_no_change(admin: Account) -> None:
    account = member(roles=["hr", "manager"])

    operations.change_roles(account, ["manager", "hr"], by=admin)

    assert db.session.scalars(sa.select(AuditEvent)).all() == []


def test_administrators_keep_that_role_until_another_takes_it(admin: Account) -> None:
    with pytest.raises(Refused) as refused:
        operations.change_roles(admin, ["hr"], by=admin)

    assert refused.value.field == "roles"
    assert admin.roles == ["admin"]


def test_an_administrator_can_be_demoted_by_another(admin: Account) -> None:
    other = people.account(roles=["admin"])

    operations.change_roles(other, [], by=admin)

    assert other.roles == []


def test_the_language_is_changed_and_recorded() -> None:
    account = member()

    operations.change_language(account, "ja", by=account)

    assert account.language == "ja"
    assert _last_event().action == str(AccountFact.LANGUAGE_CHANGED)


@pytest.mark.parametrize("language", ["de", "", "EN"])
def test_a_language_we_do_not_speak_is_refused(language: str) -> None:
    account = member()

    with pytest.raises(Refused) as refused:
        operations.change_language(account, language, by=account)

    assert refused.value.field == "language"


def test_the_time_zone_is_changed_and_recorded() -> None:
    account = member()

    operations.change_time_zone(account, "Asia/Tokyo", by=account)

    assert account.time_zone == "Asia/Tokyo"
    assert _last_event().action == str(AccountFact.TIME_ZONE_CHANGED)


def test_a_time_zone_nobody_knows_is_refused() -> None:
    account = member()

    with pytest.raises(Refused) as refused:
        operations.change_time_zone(account, "Mars/Olympus", by=account)

    assert refused.value.field == "time_zone"


def test_the_same_language_and_time_zone_are_no_change() -> None:
    account = member()

    operations.change_language(account, "en", by=account)
    operations.change_time_zone(account, "UTC", by=account)

    assert db.session.scalars(sa.select(AuditEvent)).all() == []


def test_closing_ends_every_session(admin: Account) -> None:
    account = member()
    session = session_of(account)

    operations.close_account(account, by=admin)

    assert account.state is AccountState.CLOSED
    assert session.revoked_at is not None
    assert _last_event().action == str(AccountFact.CLOSED)


def test_closing_twice_changes_nothing(admin: Account) -> None:
    account = member(state=AccountState.CLOSED)

    operations.close_account(account, by=admin)

    assert db.session.scalars(sa.select(AuditEvent)).all() == []


def test_nobody_closes_their_own_account(admin: Account) -> None:
    with pytest.raises(Refused, match="your own account"):
        operations.close_account(admin, by=admin)


@pytest.mark.parametrize(
    ("make", "state"), [(member, AccountState.ACTIVE), (invited, AccountState.INVITED)]
)
def test_opening_again_brings_back_the_state(
    admin: Account, make: Any, state: AccountState
) -> None:
    account = make()
    operations.close_account(account, by=admin)

    operations.reopen_account(account, by=admin)

    assert account.state is state
    assert _last_event().action == str(AccountFact.REOPENED)


def test_an_open_account_is_not_opened_again(admin: Account) -> None:
    with pytest.raises(Refused, match="open"):
        operations.reopen_account(member(), by=admin)
