"""Guessing is slowed down, by address of the network and by address typed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import config
from portal import create_app
from portal.core.db import db
from portal.core.web import limiter
from tests.databases import NewDatabase
from tests.factories.accounts import PASSWORD, member
from tests.page import PageClient
from tests.schema import migrate


@pytest.fixture
def throttled(new_database: NewDatabase, tmp_path: Path, clock: object) -> Iterator[PageClient]:
    """A client of an application of its own that counts tries."""
    built = create_app(
        config.Testing(),
        RATELIMIT_ENABLED=True,
        VAR=tmp_path,
        FILES_URL=f"file://{tmp_path}",
        SQLALCHEMY_DATABASE_URI=new_database(),
    )
    with built.app_context():
        migrate(db.engine)
    limiter.reset()
    yield PageClient(built)
    limiter.reset()
    limiter.enabled = False
    with built.app_context():
        db.engine.dispose()


def _try(client: PageClient, path: str, email: str, address: str = "10.0.0.1") -> int:
    answer = client.post(
        path, {"email": email, "password": "wrong"}, environ_base={"REMOTE_ADDR": address}
    )
    return answer.status


def test_one_address_typed_is_guessed_at_ten_times(throttled: PageClient) -> None:
    tries = [_try(throttled, "/sign-in", "a@example.com", f"10.0.0.{n}") for n in range(11)]

    assert tries == [422] * 10 + [429]
    assert _try(throttled, "/sign-in", " A@Example.com ") == 429
    assert _try(throttled, "/sign-in", "b@example.com") == 422


def test_one_place_in_the_network_guesses_fifty_times(throttled: PageClient) -> None:
    tries = [_try(throttled, "/sign-in", f"{n}@example.com") for n in range(51)]

    assert tries == [422] * 50 + [429]
    assert _try(throttled, "/sign-in", "c@example.com", "10.0.0.2") == 422


def test_signing_in_rightly_does_not_count(throttled: PageClient) -> None:
    with throttled.app.app_context():
        member()
        db.session.commit()

    for _time in range(12):
        sent = {"email": "deniz@example.com", "password": PASSWORD}
        assert throttled.post("/sign-in", sent).status == 303


def test_the_page_of_someone_who_tried_too_often_says_what_to_do(throttled: PageClient) -> None:
    for _time in range(10):
        _try(throttled, "/sign-in", "a@example.com")

    page = throttled.post("/sign-in", {"email": "a@example.com", "password": "x"})

    assert page.h1 == "Too many tries"
    assert int(page.response.headers["Retry-After"]) > 0
    assert throttled.get("/sign-in").status == 200


def test_links_are_sent_to_one_address_five_times(throttled: PageClient) -> None:
    tries = [_try(throttled, "/reset", "a@example.com") for _time in range(6)]

    assert tries == [303] * 5 + [429]


@pytest.mark.parametrize("path", ["/reset", "/invitation"])
def test_links_are_guessed_at_thirty_times(throttled: PageClient, path: str) -> None:
    tries = [throttled.get(f"{path}/guess{n}").status for n in range(31)]

    assert tries == [404] * 30 + [429]
