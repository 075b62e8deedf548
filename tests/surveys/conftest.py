"""What the tests of surveys share: a stopped clock."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def stopped(clock) -> None:
    """Every test of surveys happens at the same moment."""
