"""The list of accounts, its search and filters, the trail and the demonstration's people."""

from __future__ import annotations

import pytest

from portal.accounts import operations, queries
from portal.accounts.states import AccountState
from portal.core.db import db
from tests.factories import people
from tests.factories.accounts import member

pytestmark = pytest.mark.usefixtures("db_session", "clock")


def _emails(condition: object) -> list[str]:
    rows = queries.accounts().where(condition).order_by("email")  # type: ignore[arg-type]
    return [row.email for row in db.session.execute(rows)]


@pytest.mark.parametrize("typed", ["İREM", "irem", "Irem", "irem@", "yagmur"])
def test_search_finds_turkish_names_however_they_are_typed(typed: str) -> None:
    member("irem@example.com", display_name="İrem Yağmur")
    member("deniz@example.com", display_name="Deniz Kaya")

    assert _emails(queries.named(typed)) == ["irem@example.com"]


def test_search_follows_a_change_of_name() -> None:
    account = member(display_name="Deniz Kaya")
    account.display_name = "Deniz Aydın"
    db.session.flush()

    assert _emails(queries.named("aydin")) == ["deniz@example.com"]
    assert _emails(queries.named("kaya")) == []


@pytest.mark.parametrize("typed", ["%", "_", "\\"])
def test_signs_of_the_database_are_only_letters(typed: str) -> None:
    member()

    assert _emails(queries.named(typed)) == []


def test_the_filter_by_role_takes_the_whole_word() -> None:
    member("a@example.com", roles=["hr", "manager"])
    member("b@example.com", roles=["manager"])

    assert _emails(queries.holding("hr")) == ["a@example.com"]
    assert _emails(queries.holding("manage")) == []


def test_the_trail_names_who_did_it_and_is_about_one_account() -> None:
    admin, account, other = people.account(roles=["admin"]), member(), member("o@example.com")
    operations.change_roles(account, ["hr"], by=admin)
    operations.change_roles(other, ["hr"], by=admin)

    [(event, actor)] = db.session.execute(queries.trail_of(account)).all()

    assert (event.subject_id, actor) == (account.id, admin.display_name)


def test_the_demonstration_lists_its_active_people_in_their_order() -> None:
    for name in ("admin", "lead", "hr", "stranger"):
        member(f"{name}@demo.example")
    member("director@demo.example", state=AccountState.CLOSED)

    found = [account.email for account in db.session.scalars(queries.demo_accounts())]

    assert found == ["hr@demo.example", "lead@demo.example", "admin@demo.example"]
