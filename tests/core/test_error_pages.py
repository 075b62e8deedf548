"""Every error is a page in the person's language, with a number to quote and nothing leaked."""

from __future__ import annotations

import logging

import pytest

from portal.core.error_pages import headings
from portal.core.i18n import LOCALES
from tests.page import PageClient

CODES = (400, 401, 403, 404, 405, 409, 410, 413, 422, 429, 500, 503)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("code", CODES)
def test_an_error_is_a_page_in_the_persons_language(probes: PageClient, code, locale) -> None:
    page = probes.get(f"/probes/abort/{code}", headers={"Accept-Language": locale})
    assert page.status == code
    assert page.tree.get("lang") == locale
    with probes.app.test_request_context(headers={"Accept-Language": locale}):
        title, explanation = headings()[code]
    assert page.h1 == title
    assert " ".join(explanation.split()) in page.text
    assert page.response.headers["X-Request-Id"] in page.tree.find(".//main").text_content()


@pytest.mark.parametrize("locale", [locale for locale in LOCALES if locale != "en"])
def test_no_error_speaks_english_to_others(probes: PageClient, locale: str) -> None:
    with probes.app.test_request_context():
        english = headings()
    with probes.app.test_request_context(headers={"Accept-Language": locale}):
        own = headings()
    assert not [code for code in CODES if own[code] == english[code]]


@pytest.mark.parametrize("code", [406, 418, 451])
def test_a_rare_error_is_not_called_our_fault(probes: PageClient, code: int) -> None:
    page = probes.get(f"/probes/abort/{code}")
    assert (page.status, page.h1) == (code, "That didn't reach us whole")


def test_a_fault_shows_its_number_and_logs_the_rest(
    probes: PageClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, logger="portal"):
        page = probes.post("/probes/raise/fault")
    assert page.status == 500
    assert "secret of the house" not in page.html
    assert "Traceback" not in page.html
    number = page.response.headers["X-Request-Id"]
    assert number in page.text
    assert number in caplog.text
    assert "the secret of the house" in caplog.text


def test_a_wrong_method_names_the_right_ones(probes: PageClient) -> None:
    page = probes.post("/careers")
    assert page.status == 405
    assert "GET" in page.response.headers["Allow"]


def test_too_large_a_form_gets_a_page(probes: PageClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(probes.app.config, "MAX_CONTENT_LENGTH", 1000)
    page = probes.post("/sign-in", {"email": "x" * 2000})
    assert (page.status, page.h1) == (413, "That is too large")


def test_a_script_without_a_session_gets_a_plain_401(probes: PageClient) -> None:
    page = probes.get("/inbox", headers={"HX-Request": "true"})
    assert (page.status, page.h1) == (401, "Please sign in")


def test_a_script_is_refused_where_it_asks_and_not_sent_back(probes: PageClient) -> None:
    headers = {"HX-Request": "true", "Referer": "http://localhost/careers"}
    page = probes.post("/probes/raise/refused", headers=headers)
    assert page.status == 409
    assert "Not today." in page.text


@pytest.mark.parametrize("url", ["/%00", "/people/99999999999999999999", "/offers/0", "/a//b"])
def test_odd_addresses_are_pages_too(probes: PageClient, url: str) -> None:
    assert probes.get(url, follow=True).status in {200, 404}
