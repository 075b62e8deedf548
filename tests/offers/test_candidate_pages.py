"""The candidate's pages, without an account: read, accept, decline; links that lead nowhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.core import audit
from portal.core.db import db
from portal.offers import operations
from portal.offers.models import Acceptance, Offer
from portal.offers.states import OfferFact, OfferState
from portal.people.models import Employment
from tests.factories import offers as make
from tests.main_form import send, typed
from tests.page import Page, PageClient

NAMES = {"en": ("Ceren", "Arslan"), "tr": ("Işıl", "Ağaoğlu"), "es": ("Íñigo", "Peña"),
         "ja": ("真弓", "髙﨑")}  # fmt: skip


def offered(app: Flask, language: str = "en", **values: Any) -> tuple[int, str]:
    """The id of a sent offer, and the address in its mail."""
    with app.app_context():
        given, family = NAMES[language]
        row = make.candidate(given_name=given, family_name=family, language=language)
        offer, token = make.sent(row, language=language, **values)
        key = offer.id
        db.session.commit()
    return key, f"/offer/{token}"


def found(app: Flask, key: int) -> Offer:
    return db.session.get_one(Offer, key, populate_existing=True)


def hires(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(sa.select(sa.func.count()).select_from(Employment)) or 0


@pytest.mark.parametrize("language", NAMES)
def test_the_offer_speaks_the_language_of_the_candidate(
    app: Flask, client: PageClient, clock: Any, language: str
) -> None:
    _key, url = offered(app, language)
    given, family = NAMES[language]
    days = {"en": "January 4, 2027", "tr": "4 Ocak 2027", "es": "4 de enero de 2027",
            "ja": "2027年1月4日"}  # fmt: skip
    for path in ("", "/accept", "/decline"):
        page = client.get(url + path, headers={"Accept-Language": "en"})
        assert page.status == 200
        assert page.tree.get("lang") == language
        assert page.response.headers["Referrer-Policy"] == "no-referrer"
        assert page.response.headers["X-Robots-Tag"] == "noindex"
    page = client.get(url)
    assert given in page.text
    assert family in page.text
    assert days[language] in page.text


def test_the_candidate_can_choose_another_language(
    app: Flask, client: PageClient, clock: Any
) -> None:
    _key, url = offered(app, "tr")
    assert client.get(f"{url}?lang=es").tree.get("lang") == "es"
    assert client.get(f"{url}/accept").tree.get("lang") == "es", "and it is remembered"
    assert "Ben, Işıl Ağaoğlu" in client.get(f"{url}/accept").text, "the letter's words stay"


def test_reading_shows_the_terms_and_the_letter_and_is_recorded_once(
    app: Flask, client: PageClient, clock: Any
) -> None:
    key, url = offered(app)
    page = client.get(url)
    client.get(url)
    assert page.h1 == "An offer for you, Ceren Arslan"
    assert "560,000" in page.text
    answer = client.get(f"{url}/letter").response
    assert (answer.data, answer.mimetype) == (make.PAPER, "application/pdf")
    with app.app_context():
        opened = audit.of(found(app, key)).where(audit.AuditEvent.action == str(OfferFact.OPENED))
        assert len(db.session.scalars(opened).all()) == 1


def test_typing_the_name_accepts_and_a_second_press_changes_nothing(
    app: Flask, client: PageClient, clock: Any
) -> None:
    key, url = offered(app)
    page = client.get(f"{url}/accept")
    assert "I, Ceren Arslan, have read this offer" in page.text
    form = typed(page)
    page = send(client, page, typed_name="arslan CEREN")
    assert page.h1 == "Welcome, Ceren Arslan!"
    assert hires(app) == 1
    again = client.post(f"{url}/accept", form | {"typed_name": "Ceren Arslan"}, follow=True)
    assert (again.status, again.h1) == (200, "Welcome, Ceren Arslan!")
    assert hires(app) == 1
    for path in ("", "/accept", "/decline"):
        assert client.get(url + path, follow=True).h1 == "Welcome, Ceren Arslan!"
    assert client.post(f"{url}/decline", {"note": ""}, follow=True).h1 == "Welcome, Ceren Arslan!"
    with app.app_context():
        assert found(app, key).state is OfferState.ACCEPTED
        assert db.session.scalars(sa.select(Acceptance.address)).all() == ["127.0.0.1"]


@pytest.mark.parametrize("wrong", ["", "Ceren", "Someone Else", "<b>Ceren</b> Arslan"])
def test_another_name_is_told_at_the_field_and_kept(
    app: Flask, client: PageClient, clock: Any, wrong: str
) -> None:
    key, url = offered(app)
    page = send(client, client.get(f"{url}/accept"), typed_name=wrong)
    assert page.status == 422
    assert typed(page)["typed_name"] == wrong
    assert page.tree.xpath("//*[@id='typed_name-error']")
    assert page.tree.get_element_by_id("typed_name").get("aria-invalid") == "true"
    with app.app_context():
        assert found(app, key).state is OfferState.SENT
    assert hires(app) == 0


def test_the_message_about_the_name_speaks_the_candidates_language(
    app: Flask, client: PageClient, clock: Any
) -> None:
    _key, url = offered(app, "ja")
    page = send(client, client.get(f"{url}/accept"), typed_name="高崎")
    assert page.status == 422
    assert "髙﨑 真弓" in page.text
    page = send(client, page, typed_name="髙﨑真弓")
    assert page.status == 200
    assert hires(app) == 1


def test_declining_is_answered_with_thanks(app: Flask, client: PageClient, clock: Any) -> None:
    key, url = offered(app)
    page = send(client, client.get(f"{url}/decline"), note="Another city.")
    assert page.h1 == "Thank you for telling us"
    assert client.get(f"{url}/accept", follow=True).h1 == "Thank you for telling us"
    with app.app_context():
        offer = found(app, key)
        assert offer.state is OfferState.DECLINED
        assert offer.acceptance is not None
        assert offer.acceptance.note == "Another city."
    assert hires(app) == 0


def everywhere(client: PageClient, url: str) -> list[Page]:
    pages = [client.get(url + path) for path in ("", "/letter", "/accept", "/decline")]
    pages.append(client.post(f"{url}/accept", {"typed_name": "Ceren Arslan"}))
    return [*pages, client.post(f"{url}/decline", {"note": ""})]


@pytest.mark.parametrize("token", ["x" * 43, "a", "A" * 500, "..%2f..%2fetc"])
def test_a_forged_link_leads_nowhere(
    app: Flask, client: PageClient, clock: Any, token: str
) -> None:
    offered(app)
    assert {page.status for page in everywhere(client, f"/offer/{token}")} == {404}


def test_an_expired_link_is_over_also_before_the_job_has_run(
    app: Flask, client: PageClient, clock: Callable[[datetime], None]
) -> None:
    _key, url = offered(app)
    clock(datetime(2026, 12, 8, 20, 59, 59, tzinfo=UTC))
    assert client.get(url).status == 200
    clock(datetime(2026, 12, 8, 21, 0, tzinfo=UTC))
    assert {page.status for page in everywhere(client, url)} == {410}
    assert hires(app) == 0


def test_a_withdrawn_link_is_over(app: Flask, client: PageClient, clock: Any) -> None:
    key, url = offered(app)
    with app.app_context():
        operations.withdraw_offer(found(app, key), by=make.hr())
        db.session.commit()
    assert {page.status for page in everywhere(client, url)} == {410}


def test_without_the_token_of_the_form_nothing_is_accepted(
    app: Flask, client: PageClient, clock: Any
) -> None:
    _key, url = offered(app)
    answer = client.http.post(f"{url}/accept", data={"typed_name": "Ceren Arslan"})
    assert answer.status_code == 400
    assert hires(app) == 0
