"""What the tests of metrics share: a stopped clock."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from portal.core.db import db


@pytest.fixture(autouse=True)
def stopped(clock) -> None:
    """Every test of metrics happens at the same moment."""


@pytest.fixture
def saved(app: Flask, isolated: None) -> Callable[[Callable[[], Any]], Any]:
    """Run a function in a transaction of its own and give back the plain values it returns."""

    def run(scene: Callable[[], Any]) -> Any:
        with app.app_context():
            found = scene()
            db.session.commit()
            return found

    return run
