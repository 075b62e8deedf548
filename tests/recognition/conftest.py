"""What the tests of recognition share: a stopped clock."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def stopped(clock) -> None:
    """Every test of recognition happens at the same moment."""
