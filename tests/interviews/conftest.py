"""What the page tests of interviews share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from portal.core.db import db


@pytest.fixture
def saved(app: Flask, isolated: None, clock: object) -> Callable[[Callable[[], Any]], Any]:
    """Run a function in a transaction of its own and give back the plain values it returns.

    A page test stays outside the app context: there the signed-in account would leak from one
    request into the next.
    """

    def run(scene: Callable[[], Any]) -> Any:
        with app.app_context():
            found = scene()
            db.session.commit()
            return found

    return run
