"""An application that can print, without a database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.core.documents.printing import printing_app


@pytest.fixture(scope="session")
def press() -> Iterator[None]:
    """The context in which the tests print."""
    with printing_app().app_context():
        yield
