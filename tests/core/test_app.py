"""One commit a request, its number, and the headers and cookies of every answer."""

from __future__ import annotations

import re

import pytest
import sqlalchemy as sa
from flask import Flask

from portal.core.audit import AuditEvent
from portal.core.db import db
from portal.hiring.models import Requisition
from portal.people.models import Person
from tests.factories import hiring, people
from tests.page import PageClient

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def count(probing: Flask):
    """How many persons the views have left behind."""

    def ask() -> int:
        with probing.app_context():
            mine = sa.select(sa.func.count()).where(Person.given_name == "Probe")
            return db.session.scalar(mine)

    return ask


def test_a_view_that_returns_commits(probes: PageClient, count) -> None:
    assert probes.post("/probes/write").status == 200
    assert count() == 1


@pytest.mark.parametrize("code", [200, 204, 303])
def test_an_answer_below_four_hundred_commits(probes: PageClient, count, code: int) -> None:
    assert probes.post(f"/probes/answer/{code}").status == code
    assert count() == 1


@pytest.mark.parametrize("code", [400, 404, 409, 422, 500])
def test_an_answer_from_four_hundred_up_leaves_nothing(probes: PageClient, count, code) -> None:
    assert probes.post(f"/probes/answer/{code}").status == code
    assert count() == 0


@pytest.mark.parametrize(
    ("kind", "status"),
    [("refused", 409), ("gone", 410), ("not-found", 404), ("stale", 409), ("fault", 500)],
)
def test_a_view_that_raises_leaves_nothing(probes: PageClient, count, kind, status) -> None:
    assert probes.post(f"/probes/raise/{kind}").status == status
    assert count() == 0


def test_a_refusal_says_why(probes: PageClient) -> None:
    assert "Not today." in probes.post("/probes/raise/refused").text


def test_a_refusal_goes_back_to_the_form_it_came_from(probes: PageClient, count) -> None:
    back = {"Referer": "http://localhost/careers"}
    page = probes.post("/probes/raise/refused", headers=back)
    assert (page.status, page.location) == (303, "http://localhost/careers")
    assert "Not today." in probes.get("/careers").text
    assert count() == 0


def test_a_refusal_never_leads_to_another_site(probes: PageClient) -> None:
    away = {"Referer": "http://evil.example/careers"}
    assert probes.post("/probes/raise/refused", headers=away).status == 409


def test_whoever_writes_to_a_row_that_changed_meanwhile_is_told(
    probes: PageClient, probing: Flask
) -> None:
    with probing.app_context():
        row = hiring.requisition(openings=2)
        db.session.commit()
        key = row.id
    page = probes.post(f"/probes/race/{key}")
    assert page.status == 409
    assert "Someone was faster" in page.text
    with probing.app_context():
        assert db.session.get_one(Requisition, key).openings == 2


def test_a_reading_is_recorded_after_the_page_with_its_number(
    probes: PageClient, probing: Flask
) -> None:
    with probing.app_context():
        person = people.person("Read")
        db.session.commit()
        key = person.id
    page = probes.get(f"/probes/reading/{key}")
    with probing.app_context():
        event = db.session.scalars(sa.select(AuditEvent).order_by(AuditEvent.id.desc())).first()
        assert event is not None
        assert (event.action, event.subject_id, event.about_person_id, event.account_id) == (
            "person.read",
            key,
            key,
            7,
        )
        assert event.request_id == page.response.headers["X-Request-Id"] == page.html


def test_each_request_has_its_own_number(probes: PageClient) -> None:
    numbers = {probes.get("/careers").response.headers["X-Request-Id"] for _ in range(3)}
    assert len(numbers) == 3
    assert all(re.fullmatch("[0-9a-f]{12}", number) for number in numbers)


@pytest.mark.parametrize("url", ["/reset", "/sign-in", "/no-such-page", "/probes/abort/500"])
def test_every_answer_carries_the_safe_headers(probes: PageClient, url: str) -> None:
    headers = probes.get(url).response.headers
    policy = dict(
        part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == "'self'"
    assert policy["object-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["form-action"] == "'self'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"
    assert "Strict-Transport-Security" not in headers


def test_over_https_browsers_are_told_to_stay_there(probes: PageClient) -> None:
    headers = probes.get("/careers", base_url="https://localhost").response.headers
    assert headers["Strict-Transport-Security"] == "max-age=31536000"


def test_the_cookie_is_closed_to_scripts_other_sites_and_plain_http(
    probes: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(probes.app.config, "SESSION_COOKIE_SECURE", True)
    answer = probes.get("/sign-in", base_url="https://localhost").response
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "Secure" in cookie
    assert "SameSite=Lax" in cookie


def test_cookies_are_secure_as_soon_as_the_address_is_https(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from config import Settings

    monkeypatch.setenv("PORTAL_SECRET_KEY", "x" * 32)
    monkeypatch.setenv("PORTAL_BASE_URL", "https://portal.example")
    assert Settings().SESSION_COOKIE_SECURE
    assert Settings().SESSION_COOKIE_HTTPONLY


def test_production_does_not_start_without_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    from config import Settings

    monkeypatch.setenv("PORTAL_SECRET_KEY", "short")
    with pytest.raises(RuntimeError, match="PORTAL_SECRET_KEY"):
        Settings()


def test_a_post_without_a_token_is_refused(probes: PageClient, count) -> None:
    assert probes.http.post("/probes/write").status_code == 400
    assert count() == 0
