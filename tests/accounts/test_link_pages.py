"""The pages behind the links in mails."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from flask import Flask

from portal.accounts import operations
from portal.accounts.models import Account
from portal.accounts.states import AccountState
from portal.core.db import db
from portal.core.jobs import run_pending
from tests.factories import people
from tests.factories.accounts import PASSWORD, invited, later, mails, member, token_in
from tests.page import PageClient

Made = Callable[..., int]
Look = Callable[[Callable[[], Any]], Any]
NEW = {"password": "another long one", "again": "another long one"}


@pytest.fixture
def reset_link(made: Made, app: Flask) -> str:
    made(member, language="tr")
    return _sent(app, lambda: operations.send_reset("deniz@example.com"))


@pytest.fixture
def invitation(made: Made, app: Flask) -> str:
    key = made(invited, display_name="Elif Şahin")
    admin = made(people.account, roles=["admin"])
    return _sent(
        app,
        lambda: operations.resend_invitation(
            db.session.get_one(Account, key), by=db.session.get_one(Account, admin)
        ),
    )


def _sent(app: Flask, send: Callable[[], None]) -> str:
    with app.app_context():
        send()
        db.session.commit()
        mail = mails()[-1]
        return f"/{mail.kind.split('/')[1]}/{token_in(mail)}"


@pytest.mark.parametrize("address", ["deniz@example.com", "nobody@example.com"])
def test_asking_for_a_link_answers_every_address_alike(
    client: PageClient, made: Made, address: str, count_queries: Callable[[], int]
) -> None:
    made(member)
    form = client.get("/reset")
    count_queries()

    page = client.submit(form, follow=False, email=address)

    assert (page.status, page.location) == (303, "/reset/asked")
    assert count_queries() == 1
    assert "on its way" in client.get(page.location).text


def test_the_link_is_sent_afterwards(
    client: PageClient, made: Made, app: Flask, seen: Look
) -> None:
    made(member)
    client.post("/reset", {"email": "deniz@example.com"})

    run_pending(app)

    assert seen(lambda: [mail.to_address for mail in mails()]) == ["deniz@example.com"]


def test_something_that_is_no_address_is_said_so(client: PageClient, clock: object) -> None:
    page = client.post("/reset", {"email": "deniz"})

    assert page.status == 422
    assert "Write an e-mail address" in page.text


def test_the_link_sets_a_new_password(client: PageClient, reset_link: str) -> None:
    form = client.get(reset_link)
    assert form.tree.get("lang") == "tr"
    assert 'value="deniz@example.com"' in form.html

    page = client.submit(form, follow=False, **NEW)
    assert (page.status, page.location) == (303, "/sign-in")

    signed_in = client.post("/sign-in", {"email": "deniz@example.com", "password": NEW["password"]})
    assert signed_in.status == 303
    old = client.as_(None).post("/sign-in", {"email": "deniz@example.com", "password": PASSWORD})
    assert old.status == 422


def test_fetching_the_page_does_not_use_the_link_up(client: PageClient, reset_link: str) -> None:
    for _fetch in range(3):
        assert client.get(reset_link).status == 200
    assert client.http.head(reset_link).status_code == 200

    assert client.post(reset_link, NEW).status == 303


def test_a_password_mistyped_the_second_time_is_said_so(
    client: PageClient, reset_link: str
) -> None:
    page = client.post(reset_link + "?lang=en", NEW | {"again": "another long one."})

    assert page.status == 422
    assert "The two are not the same" in page.tree.get_element_by_id("again-error").text_content()
    assert NEW["password"] not in page.html


def test_a_short_password_is_refused_and_the_link_stays(
    client: PageClient, reset_link: str
) -> None:
    page = client.post(reset_link + "?lang=en", {"password": "short", "again": "short"})

    assert page.status == 422
    assert "at least 10 characters" in page.tree.get_element_by_id("password-error").text_content()
    assert client.post(reset_link, NEW).status == 303


def test_a_used_link_says_what_to_do(client: PageClient, reset_link: str) -> None:
    client.post(reset_link, NEW)

    for page in (client.get(reset_link + "?lang=en"), client.post(reset_link + "?lang=en", NEW)):
        assert page.status == 410
        assert "Ask for a new link" in page.text


def test_an_expired_link_says_what_to_do(
    client: PageClient, reset_link: str, clock: Callable[[datetime], None]
) -> None:
    clock(later(hours=1))

    assert client.get(reset_link).status == 410
    assert client.post(reset_link, NEW).status == 410


@pytest.mark.parametrize("path", ["/reset/forged", "/invitation/forged"])
def test_a_forged_link_is_not_found(client: PageClient, clock: object, path: str) -> None:
    assert client.get(path).status == 404
    assert client.post(path, NEW).status == 404


def test_an_invited_person_chooses_a_password_and_is_in(
    client: PageClient, invitation: str
) -> None:
    form = client.get(invitation)
    assert form.h1 == "Welcome, Elif Şahin"

    page = client.submit(form, follow=False, **NEW)

    assert (page.status, page.location) == (303, "/")
    mine = client.get("/account")
    assert "Elif Şahin" in mine.text
    assert client.get(invitation).status == 410


def test_an_expired_invitation_names_who_can_help(
    client: PageClient, invitation: str, clock: Callable[[datetime], None]
) -> None:
    clock(later(days=7))

    page = client.get(invitation)

    assert page.status == 410
    assert "ask HR for a new invitation" in page.text


def test_an_invitation_after_closing_is_over(
    client: PageClient, invitation: str, app: Flask
) -> None:
    with app.app_context():
        for account in db.session.query(Account).filter_by(state=AccountState.INVITED):
            account.state = AccountState.CLOSED
        db.session.commit()

    assert client.post(invitation, NEW).status == 410


@pytest.mark.parametrize("language", ["en", "tr", "es", "ja"])
@pytest.mark.parametrize("path", ["/reset", "/reset/asked"])
def test_the_pages_speak_each_language(
    client: PageClient, clock: object, path: str, language: str
) -> None:
    assert client.get(f"{path}?lang={language}").tree.get("lang") == language
