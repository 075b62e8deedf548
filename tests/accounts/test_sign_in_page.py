"""The sign-in page: in, out, back to where one was going, and never to another site."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.accounts.models import Account, AccountSession
from portal.accounts.states import AccountState
from portal.core.db import db
from tests.factories.accounts import PASSWORD, later, member
from tests.page import PageClient

Made = Callable[..., int]
Look = Callable[[Callable[[], Any]], Any]
RIGHT = {"email": "deniz@example.com", "password": PASSWORD}
ACCOUNT_QUERIES = 4
REFUSAL = "This e-mail address and password don't go together. Check both and try again."


@pytest.fixture
def deniz(made: Made) -> int:
    return made(member, display_name="Deniz Kaya")


@pytest.mark.parametrize("language", ["en", "tr", "es", "ja"])
def test_the_page_speaks_each_language(client: PageClient, clock: object, language: str) -> None:
    page = client.get(f"/sign-in?lang={language}")

    assert page.status == 200
    assert page.tree.get("lang") == language
    assert page.fields().keys() >= {"csrf_token", "email", "password"}


def test_choosing_a_language_keeps_the_way_back(client: PageClient, clock: object) -> None:
    page = client.get("/sign-in?next=/account")

    [turkish] = page.tree.xpath("//nav/a[@lang='tr']/@href")
    assert client.get(turkish).form("/sign-in").action == "/sign-in?next=/account"


def test_signing_in_leads_to_the_start_page(client: PageClient, deniz: int) -> None:
    page = client.post("/sign-in", RIGHT)

    assert (page.status, page.location) == (303, "/")
    assert client.get("/account").status == 200


@pytest.mark.parametrize(
    "sent", [RIGHT | {"password": "wrong"}, RIGHT | {"email": "nobody@example.com"}]
)
def test_a_wrong_pair_gets_one_message_beside_the_password(
    client: PageClient, deniz: int, sent: dict[str, str]
) -> None:
    page = client.post("/sign-in", sent)

    assert page.status == 422
    assert REFUSAL in page.tree.get_element_by_id("password-error").text_content()
    assert page.fields()["email"] == sent["email"]
    assert sent["password"] not in page.html
    assert client.get("/account").status == 303


def test_empty_fields_are_asked_for(client: PageClient, clock: object) -> None:
    page = client.post("/sign-in", {})

    assert page.status == 422
    assert page.text.count("Fill this in.") == 4
    assert page.tree.findtext(".//title", "").startswith("Error:")


def test_a_stranger_comes_back_to_the_page_they_wanted(client: PageClient, deniz: int) -> None:
    wanted = "/account?a=1&b=%C5%9F"
    asked = client.get(wanted)
    assert asked.status == 303

    form = client.get(asked.location)
    page = client.submit(form, follow=False, **RIGHT)

    assert (page.status, page.location) == (303, wanted)


def test_a_form_sent_after_the_session_ended_leads_back_to_its_page(
    client: PageClient, clock: object
) -> None:
    page = client.post("/account/preferences", {}, headers={"Referer": "http://localhost/account"})

    assert (page.status, page.location) == (303, "/sign-in?next=/account")


def test_a_form_sent_from_elsewhere_leads_to_the_sign_in_page_alone(
    client: PageClient, clock: object
) -> None:
    page = client.post(
        "/account/preferences", {}, headers={"Referer": "http://localhost.evil.example/account"}
    )

    assert (page.status, page.location) == (303, "/sign-in")


@pytest.mark.parametrize("evil", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_signing_in_never_leads_to_another_site(client: PageClient, deniz: int, evil: str) -> None:
    page = client.post("/sign-in", RIGHT, query_string={"next": evil})

    assert (page.status, page.location) == (303, "/")
    again = client.get("/sign-in", query_string={"next": evil})
    assert (again.status, again.location) == (303, "/")


def test_the_cookie_starts_anew_at_sign_in(client: PageClient, deniz: int) -> None:
    client.get("/sign-in?lang=tr")
    with client.http.session_transaction() as cookie:
        cookie["planted"] = "by somebody else"
        cookie["token"] = "a-token-somebody-else-knows"
    before = client.csrf()
    with client.http.session_transaction() as cookie:
        old_secret = cookie["csrf_token"]

    assert client.post("/sign-in", RIGHT).status == 303

    with client.http.session_transaction() as cookie:
        assert cookie.keys() == {"token", "_permanent"}
        assert cookie["token"] != "a-token-somebody-else-knows"
    reused = client.http.post("/sign-out", headers={"X-CSRFToken": before})
    assert reused.status_code == 400
    assert client.csrf()
    with client.http.session_transaction() as cookie:
        assert cookie["csrf_token"] != old_secret


def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(
    client: PageClient, deniz: int
) -> None:
    header = client.post("/sign-in", RIGHT).response.headers["Set-Cookie"]

    assert "HttpOnly" in header
    assert "SameSite=Lax" in header


def test_signing_out_needs_a_post_and_ends_the_session(
    client: PageClient, deniz: int, seen: Look
) -> None:
    client.post("/sign-in", RIGHT)
    assert client.get("/sign-out").status == 405
    with client.http.session_transaction() as cookie:
        token = cookie["token"]

    page = client.post("/sign-out", follow=True)

    assert page.h1 == "Sign in"
    assert "You are signed out." in page.text
    assert seen(lambda: db.session.scalar(sa.select(AccountSession.revoked_at))) is not None
    with client.http.session_transaction() as cookie:
        cookie["token"] = token
    assert client.get("/account").status == 303


def test_signing_out_twice_is_no_error(client: PageClient, clock: object) -> None:
    assert client.post("/sign-out", follow=True).status == 200


@pytest.mark.parametrize("token", ["", "forged", "A" * 43])
def test_a_forged_cookie_is_nobody(client: PageClient, deniz: int, token: str) -> None:
    with client.http.session_transaction() as cookie:
        cookie["token"] = token

    assert client.get("/account").status == 303


def test_a_script_without_a_session_gets_a_401(client: PageClient, clock: object) -> None:
    assert client.get("/account", headers={"HX-Request": "true"}).status == 401


def test_closing_the_account_signs_out_at_once(client: PageClient, deniz: int, app: Flask) -> None:
    mine = client.as_(deniz)
    assert mine.get("/account").status == 200

    with app.app_context():
        db.session.get_one(Account, deniz).state = AccountState.CLOSED
        db.session.commit()

    assert mine.get("/account").status == 303


def test_reading_marks_the_session_as_used_every_ten_minutes(
    client: PageClient,
    deniz: int,
    seen: Look,
    clock: Callable[[datetime], None],
    count_queries: Callable[[], int],
) -> None:
    def used() -> datetime:
        return seen(lambda: db.session.scalar(sa.select(AccountSession.seen_at)))

    mine = client.as_(deniz)
    opened = used()
    clock(later(minutes=10))
    mine.get("/account")
    assert used() == opened

    clock(later(minutes=1))
    assert mine.get("/account").status == 200
    moment = used()
    assert moment == later()
    count_queries()
    mine.get("/account")
    assert count_queries() == ACCOUNT_QUERIES


def test_a_page_that_fails_does_not_mark_the_session(
    client: PageClient, deniz: int, seen: Look, clock: Callable[[datetime], None]
) -> None:
    mine = client.as_(deniz)
    opened = seen(lambda: db.session.scalar(sa.select(AccountSession.seen_at)))
    clock(later(minutes=11))

    assert mine.get("/settings/accounts").status == 403

    assert seen(lambda: db.session.scalar(sa.select(AccountSession.seen_at))) == opened


def test_the_demonstration_has_a_button_for_each_of_its_people(
    client: PageClient, made: Made, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    from portal.accounts.operations import hash_password

    with app.app_context():
        secret = hash_password("demo")
    made(member, "hr@demo.example", display_name="Ada Demir")
    made(member, "lead@demo.example", display_name="Can Lider")
    with app.app_context():
        db.session.execute(sa.update(Account).values(password_hash=secret))
        db.session.commit()
    assert "Look around" not in client.get("/sign-in").text
    monkeypatch.setitem(app.config, "DEMO", True)

    page = client.get("/sign-in?next=/account")

    buttons = [form for form in page.tree.forms if form.fields.get("password") == "demo"]
    assert [form.fields["email"] for form in buttons] == ["hr@demo.example", "lead@demo.example"]
    inside = client.post("/sign-in?next=/account", dict(buttons[0].form_values()), follow=True)
    assert "Ada Demir" in inside.text
