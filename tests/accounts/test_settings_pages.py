"""Everyone's accounts: the list, one account, and what administrators do there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from portal.accounts.models import Account
from portal.accounts.states import AccountState
from portal.core.db import db
from tests.factories import people
from tests.factories.accounts import invited, mails, member
from tests.page import Page, PageClient

Made = Callable[..., int]
Look = Callable[[Callable[[], Any]], Any]
LIST_QUERIES = 4


@pytest.fixture
def admin(client: PageClient, made: Made) -> PageClient:
    return client.as_(made(people.account, roles=["admin"], display_name="Zeynep Admin"))


@pytest.fixture
def hr(client: PageClient, made: Made) -> PageClient:
    return client.as_(made(people.account, roles=["hr"], display_name="Ada Demir"))


def _names(page: Page) -> list[str]:
    return [cell.text_content() for cell in page.tree.xpath("//tbody/tr/td[1]/a")]


@pytest.mark.parametrize("language", ["en", "tr", "es", "ja"])
def test_the_list_speaks_each_language(client: PageClient, made: Made, language: str) -> None:
    page = client.as_(made(member, roles=["hr"], language=language)).get("/settings/accounts")

    assert page.status == 200
    assert page.tree.get("lang") == language


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_however_long(
    admin: PageClient, made: Made, count_queries: Callable[[], int], rows: int
) -> None:
    for number in range(rows - 1):
        made(member, f"more{number}@example.com")
    count_queries()

    page = admin.get("/settings/accounts")

    assert len(_names(page)) == rows
    assert count_queries() == LIST_QUERIES


def test_the_list_is_searched_and_narrowed(admin: PageClient, made: Made) -> None:
    made(member, "irem@example.com", display_name="İrem Yağmur", roles=["manager"])
    made(invited, "yeni@example.com", display_name="Yeni Kişi")

    for query, names in (
        ("q=irem", ["İrem Yağmur"]),
        ("role=manager", ["İrem Yağmur"]),
        ("state=invited", ["Yeni Kişi"]),
        ("role=manager&state=invited", []),
        ("role=wizard&state=never", ["Yeni Kişi", "Zeynep Admin", "İrem Yağmur"]),
    ):
        assert _names(admin.get(f"/settings/accounts?{query}")) == names, query
    assert "No account fits" in admin.get("/settings/accounts?q=nobody").text


def test_a_long_list_has_pages(admin: PageClient, made: Made) -> None:
    for number in range(51):
        made(people.account, display_name=f"Person {number:02}")

    first = admin.get("/settings/accounts?state=active")
    second = admin.get(first.tree.xpath("//a[@rel='next']/@href")[0])

    assert len(_names(first)) == 50
    assert _names(second) == ["Person 50", "Zeynep Admin"]
    back = admin.get(second.tree.xpath("//a[@rel='prev']/@href")[0])
    assert _names(back) == _names(first)


@pytest.mark.parametrize("role", ["interviewer", "manager", "executive"])
def test_others_see_no_accounts(client: PageClient, made: Made, role: str) -> None:
    key = made(member, roles=[role])
    mine = client.as_(key)

    assert mine.get("/settings/accounts").status == 403
    assert mine.get(f"/settings/accounts/{key}").status == 403


def test_a_stranger_is_asked_to_sign_in(client: PageClient, clock: object) -> None:
    assert client.get("/settings/accounts").location == "/sign-in?next=/settings/accounts"


def test_administrators_set_roles(admin: PageClient, made: Made, seen: Look) -> None:
    key = made(member, roles=["interviewer"])
    form = admin.get(f"/settings/accounts/{key}")
    assert form.form("/roles").fields["roles"] == {"interviewer"}

    page = admin.post(f"/settings/accounts/{key}/roles", {"roles": ["hr", "manager"]}, follow=True)

    assert "Roles saved." in page.text
    assert "Roles changed by Zeynep Admin" in page.text
    assert seen(lambda: db.session.get_one(Account, key).roles) == ["hr", "manager"]


def test_all_roles_can_be_taken(admin: PageClient, made: Made, seen: Look) -> None:
    key = made(member, roles=["interviewer"])

    assert admin.post(f"/settings/accounts/{key}/roles", {}).status == 303

    assert seen(lambda: db.session.get_one(Account, key).roles) == []


def test_a_role_that_does_not_exist_is_refused(admin: PageClient, made: Made) -> None:
    key = made(member)

    assert admin.post(f"/settings/accounts/{key}/roles", {"roles": ["wizard"]}).status == 422


def test_administrators_cannot_lock_themselves_out(
    client: PageClient, made: Made, seen: Look
) -> None:
    key = made(member, roles=["admin"])
    mine = client.as_(key)

    page = mine.post(f"/settings/accounts/{key}/roles", {"roles": ["hr"]})

    assert page.status == 422
    assert "Ask another administrator" in page.tree.get_element_by_id("roles-error").text_content()
    assert seen(lambda: db.session.get_one(Account, key).roles) == ["admin"]
    assert "Close the account" not in mine.get(f"/settings/accounts/{key}").text


def test_an_invitation_is_sent_again(hr: PageClient, made: Made, seen: Look) -> None:
    key = made(invited)

    page = hr.submit(hr.get(f"/settings/accounts/{key}"), "/invitation")

    assert "A new invitation is on its way to yeni@example.com." in page.text
    assert seen(lambda: [mail.kind for mail in mails()]) == ["accounts/invitation"]


def test_someone_who_signs_in_already_is_not_invited_again(
    hr: PageClient, made: Made, seen: Look
) -> None:
    key = made(member)
    assert "Send a new invitation" not in hr.get(f"/settings/accounts/{key}").text

    page = hr.post(f"/settings/accounts/{key}/invitation")

    assert page.status == 409
    assert seen(mails) == []


def test_an_account_is_closed_and_that_is_undone(admin: PageClient, made: Made, seen: Look) -> None:
    key = made(member)

    def state() -> AccountState:
        return seen(lambda: db.session.get_one(Account, key).state)

    closed = admin.submit(admin.get(f"/settings/accounts/{key}"), "/close")
    assert "The account is closed." in closed.text
    assert state() is AccountState.CLOSED

    undone = admin.submit(closed, "/reopen")
    assert "The account is open again." in undone.text
    assert state() is AccountState.ACTIVE


def test_hr_reads_but_changes_no_rights(hr: PageClient, made: Made) -> None:
    key = made(member, roles=["manager"])

    page = hr.get(f"/settings/accounts/{key}")

    assert "Manager" in page.text
    assert "Save roles" not in page.text
    for action in ("roles", "close", "reopen"):
        assert hr.post(f"/settings/accounts/{key}/{action}").status == 403


def test_an_account_that_never_was_is_not_found(admin: PageClient) -> None:
    assert admin.get("/settings/accounts/999999").status == 404
