"""What the page tests of accounts share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from portal.core.db import db


@pytest.fixture
def made(app: Flask, isolated: None, clock: object) -> Callable[..., int]:
    """Make a row by a factory in a transaction of its own; returns its id.

    A page test stays outside the app context: there the signed-in account would leak from one
    request into the next.
    """

    def make(factory: Callable[..., Any], *args: Any, **values: Any) -> int:
        with app.app_context():
            row = factory(*args, **values)
            db.session.commit()
            return int(row.id)

    return make


@pytest.fixture
def seen(app: Flask, isolated: None) -> Callable[[Callable[[], Any]], Any]:
    """Look into the database between two requests."""

    def look(at: Callable[[], Any]) -> Any:
        with app.app_context():
            return at()

    return look
