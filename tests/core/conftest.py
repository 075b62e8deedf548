"""An application with views that misbehave, for the tests of what stands around every view."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from config import Testing
from portal import create_app
from portal.core.db import db
from tests.core import probes as views
from tests.isolation import rolled_back
from tests.page import PageClient


@pytest.fixture(scope="session")
def probing(app: Flask, database_url: str) -> Iterator[Flask]:
    """A second application on the same database, with the views of ``probes``."""
    built = create_app(
        Testing(),
        VAR=app.config["VAR"],
        FILES_URL=app.config["FILES_URL"],
        SQLALCHEMY_DATABASE_URI=database_url,
    )
    built.register_blueprint(views.bp)
    yield built
    with built.app_context():
        db.engine.dispose()


@pytest.fixture
def probes(probing: Flask) -> Iterator[PageClient]:
    """A client of it; nothing it does lasts."""
    with rolled_back(probing):
        yield PageClient(probing)
