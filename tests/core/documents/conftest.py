"""An application that can print, without a database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.core.documents.printing import printing_app


@pytest.fixture(scope="session")
def printer() -> Flask:
    """The bare application."""
    return printing_app()


@pytest.fixture
def press(printer: Flask) -> Iterator[None]:
    """The context in which the tests print."""
    with printer.app_context():
        yield
