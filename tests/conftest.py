"""What every test shares: one migrated database a worker, one rolled-back transaction a test."""

from __future__ import annotations

import gc
import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from config import Testing
from portal import create_app
from portal.core import clock as portal_clock
from portal.core.db import db
from portal.core.web import limiter
from tests.databases import NewDatabase, chosen_kind, databases
from tests.isolation import rolled_back
from tests.page import PageClient
from tests.scheduling import Together, slow_first

# How fast a loaded machine draws examples, or runs them, says nothing of what is tested.
hypothesis_settings.register_profile(
    "portal", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("portal")


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Together:
    config.option.loadscopereorder = False
    return Together(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    slow_first(items)


def pytest_collection_finish() -> None:
    """Take what is loaded out of the search for garbage, which took a fifth of all the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


MOMENT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def new_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NewDatabase]:
    """Makes empty databases of the kind this run is about, for tests that really commit."""
    with databases(chosen_kind(), tmp_path_factory.mktemp("databases")) as new:
        yield new


@pytest.fixture(scope="session")
def database_url(new_database: NewDatabase) -> str:
    """The database that all tests share who undo what they do."""
    return new_database()


@pytest.fixture(scope="session")
def app(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application on a database made by the migrations."""
    from tests.schema import migrate

    var = tmp_path_factory.mktemp("var")
    built = create_app(
        Testing(),
        VAR=var,
        FILES_URL=f"file://{var / 'files'}",
        SQLALCHEMY_DATABASE_URI=database_url,
    )
    with built.app_context():
        migrate(db.engine)
    yield built
    with built.app_context():
        db.engine.dispose()


@pytest.fixture
def isolated(app: Flask) -> Iterator[None]:
    """Run the test inside one transaction that is rolled back at its end."""
    with rolled_back(app):
        yield


@pytest.fixture
def db_session(app: Flask, isolated: None) -> Iterator[Any]:
    """The session inside an app context, for tests without HTTP."""
    with app.app_context():
        yield db.session
        db.session.remove()


@pytest.fixture
def client(app: Flask, isolated: None) -> PageClient:
    """A client that inspects every HTML page it fetches."""
    return PageClient(app)


@pytest.fixture
def clock() -> Iterator[Callable[[datetime], None]]:
    """Stops the clock at a moment (Tuesday 24 November 2026, 09:00 UTC); call it to move on."""

    def stop_at(moment: datetime) -> None:
        portal_clock.use(lambda: moment)

    stop_at(MOMENT)
    yield stop_at
    portal_clock.use(None)


@pytest.fixture(autouse=True)
def no_throttling(monkeypatch: pytest.MonkeyPatch) -> None:
    """One limiter serves every application of a process: no test leaves it on for the next."""
    monkeypatch.setattr(limiter, "enabled", False)


@pytest.fixture(autouse=True)
def no_network(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse connections to anything but this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and address[0] not in {"127.0.0.1", "::1", "localhost"}:
            message = f"a test opened a connection to {address}"
            raise RuntimeError(message)
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture
def count_queries(app: Flask) -> Iterator[Callable[[], int]]:
    """How many SQL statements ran since the fixture was made or last asked."""
    seen: list[str] = []

    def note(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN")):
            seen.append(statement)

    sa.event.listen(sa.Engine, "before_cursor_execute", note)

    def ask() -> int:
        count = len(seen)
        seen.clear()
        return count

    yield ask
    sa.event.remove(sa.Engine, "before_cursor_execute", note)
