"""The place all these tests share: built once, every request in it undone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from portal.core import clock as portal_clock
from tests.conftest import MOMENT
from tests.isolation import rolled_back
from tests.robustness.crawler import Crawl, crawl
from tests.robustness.place import ROLES, Place, build


@pytest.fixture(scope="package")
def place(app: Flask) -> Iterator[Place]:
    portal_clock.use(lambda: MOMENT)
    with rolled_back(app), build(app).watched() as built:
        yield built
    portal_clock.use(None)


@pytest.fixture(scope="package")
def crawls(place: Place) -> dict[str, Crawl]:
    """What each role meets on its way through the portal."""
    return {role: crawl(place, role) for role in ROLES}


@pytest.fixture(autouse=True)
def stopped_clock(place: Place) -> None:
    portal_clock.use(lambda: MOMENT)
