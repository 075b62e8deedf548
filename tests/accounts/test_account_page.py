"""One's own account page: preferences, password, sessions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from portal.accounts.models import Account
from portal.accounts.operations.passwords import matches
from portal.core.db import db
from tests.factories.accounts import PASSWORD, member, session_of
from tests.page import PageClient

Made = Callable[..., int]
Look = Callable[[Callable[[], Any]], Any]
QUERIES = 4
NEW = {"present": PASSWORD, "password": "another long one", "again": "another long one"}


@pytest.fixture
def deniz(made: Made) -> int:
    return made(member, display_name="Deniz Kaya", subtitle="Associate, İstanbul")


@pytest.fixture
def mine(client: PageClient, deniz: int) -> PageClient:
    return client.as_(deniz)


def _own(app: Flask, key: int, browser: str) -> int:
    with app.app_context():
        row = session_of(db.session.get_one(Account, key), browser)
        db.session.commit()
        return int(row.id)


@pytest.mark.parametrize("language", ["en", "tr", "es", "ja"])
def test_the_page_speaks_the_language_of_the_account(
    client: PageClient, made: Made, language: str
) -> None:
    page = client.as_(made(member, language=language)).get("/account")

    assert page.status == 200
    assert page.tree.get("lang") == language


def test_the_page_shows_who_one_is(mine: PageClient) -> None:
    text = mine.get("/account").text

    for fact in ("Deniz Kaya", "Associate, İstanbul", "deniz@example.com"):
        assert fact in text


def test_language_and_time_zone_are_kept(mine: PageClient, deniz: int, seen: Look) -> None:
    page = mine.submit(mine.get("/account"), "/preferences", language="ja", time_zone="Asia/Tokyo")

    assert page.status == 200
    assert page.tree.get("lang") == "ja"
    kept = seen(lambda: db.session.get_one(Account, deniz))
    assert (kept.language, kept.time_zone) == ("ja", "Asia/Tokyo")
    assert page.fields("/preferences")["time_zone"] == "Asia/Tokyo"


@pytest.mark.parametrize("zone", ["Asia/Calcutta", "Asia/Kolkata", "UTC", "Etc/GMT+3"])
def test_the_present_time_zone_is_the_one_chosen(client: PageClient, made: Made, zone: str) -> None:
    mine = client.as_(made(member, time_zone=zone))

    assert mine.get("/account").fields("/preferences")["time_zone"] == zone


@pytest.mark.parametrize("sent", [{"language": "de"}, {"time_zone": "Mars/Olympus"}])
def test_what_was_not_on_offer_is_refused_at_its_field(
    mine: PageClient, deniz: int, seen: Look, sent: dict[str, str]
) -> None:
    page = mine.post("/account/preferences", {"language": "tr", "time_zone": "Asia/Tokyo"} | sent)

    assert page.status == 422
    [field] = sent
    assert page.tree.get_element_by_id(f"{field}-error") is not None
    assert seen(lambda: db.session.get_one(Account, deniz).language) == "en"


def test_the_language_is_changed_from_the_menu_of_any_page(
    mine: PageClient, deniz: int, seen: Look
) -> None:
    page = mine.post(
        "/account/language", {"language": "es"}, headers={"Referer": "http://localhost/people?q=a"}
    )

    assert (page.status, page.location) == (303, "/people?q=a")
    assert seen(lambda: db.session.get_one(Account, deniz).language) == "es"


def test_a_language_from_another_site_leads_to_the_own_account(mine: PageClient) -> None:
    page = mine.post(
        "/account/language", {"language": "es"}, headers={"Referer": "https://evil.example/x"}
    )

    assert (page.status, page.location) == (303, "/account")


def test_a_language_we_do_not_speak_changes_nothing(mine: PageClient) -> None:
    assert mine.post("/account/language", {"language": "de"}).status == 422


def test_the_password_is_changed_and_this_browser_stays(
    app: Flask, mine: PageClient, deniz: int, seen: Look
) -> None:
    _own(app, deniz, "Safari, iPhone")

    page = mine.post("/account/password", NEW, follow=True)

    assert page.status == 200
    assert "Your password is changed." in page.text
    assert "Safari, iPhone" not in page.text
    assert seen(lambda: matches(NEW["password"], db.session.get_one(Account, deniz).password_hash))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"present": "wrong"}, "present"),
        ({"password": "short", "again": "short"}, "password"),
        ({"again": "something else"}, "again"),
        ({"present": ""}, "present"),
    ],
)
def test_a_password_that_cannot_be_changed_is_said_so_at_its_field(
    mine: PageClient, deniz: int, seen: Look, changes: dict[str, str], field: str
) -> None:
    page = mine.post("/account/password", NEW | changes)

    assert page.status == 422
    assert page.tree.get_element_by_id(f"{field}-error") is not None
    assert NEW["password"] not in page.html
    assert page.fields("/preferences")["language"] == "en"
    assert seen(lambda: matches(PASSWORD, db.session.get_one(Account, deniz).password_hash))


def test_sessions_are_listed_with_this_one_marked(app: Flask, mine: PageClient, deniz: int) -> None:
    _own(app, deniz, "Safari, iPhone")

    text = mine.get("/account").text

    assert "Safari, iPhone Address 10.0.0.1, last used" in text
    assert text.count("This browser") == 1


def test_another_session_is_signed_out(app: Flask, mine: PageClient, deniz: int) -> None:
    key = _own(app, deniz, "Safari, iPhone")

    page = mine.submit(mine.get("/account"), f"/sessions/{key}/end")

    assert "That browser is signed out." in page.text
    assert "Safari, iPhone" not in page.text


def test_everywhere_else_is_signed_out(app: Flask, mine: PageClient, deniz: int) -> None:
    for browser in ("Safari, iPhone", "Edge, Windows"):
        _own(app, deniz, browser)

    page = mine.submit(mine.get("/account"), "/end-others")

    assert "2 other browsers are signed out." in page.text
    assert "Edge, Windows" not in page.text
    assert mine.get("/account").status == 200


def test_nobody_ends_the_session_of_someone_else(app: Flask, mine: PageClient, made: Made) -> None:
    key = _own(app, made(member, "other@example.com", roles=["admin"]), "Firefox")

    assert mine.post(f"/account/sessions/{key}/end").status == 403


def test_a_session_that_never_was_is_not_found(mine: PageClient) -> None:
    assert mine.post("/account/sessions/999999/end").status == 404


@pytest.mark.parametrize("sessions", [1, 3])
def test_the_page_costs_four_queries(
    app: Flask, mine: PageClient, deniz: int, count_queries: Callable[[], int], sessions: int
) -> None:
    for _more in range(sessions - 1):
        _own(app, deniz, "Firefox")
    count_queries()

    mine.get("/account")

    assert count_queries() == QUERIES


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox, Windows",
        ),
        (
            (
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
                "Chrome/140.0.0.0 Safari/537.36"
            ),
            "Chrome, Linux",
        ),
        (
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
                "Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0"
            ),
            "Edge, Windows",
        ),
        (
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, "  # noqa: E501
                "like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
            ),
            "Safari, iPhone",
        ),
        (
            (
                "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 "  # noqa: E501
                "Mobile Safari/537.36"
            ),
            "Chrome, Android",
        ),
        ("curl/8.0", ""),
        ("", ""),
    ],
)
def test_browsers_are_named_as_their_owners_call_them(app: Flask, agent: str, name: str) -> None:
    from portal.accounts.routes.cookie import browser_name

    with app.test_request_context(headers={"User-Agent": agent}):
        assert browser_name() == name
