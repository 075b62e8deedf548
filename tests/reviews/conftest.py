"""What the tests of reviews share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from portal.core.db import db


@pytest.fixture
def saved(app: Flask, isolated: None) -> Callable[[Callable[[], Any]], Any]:
    """Run a function in a transaction of its own and give back the plain values it returns."""

    def run(scene: Callable[[], Any]) -> Any:
        with app.app_context():
            found = scene()
            db.session.commit()
            return found

    return run
