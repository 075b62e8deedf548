"""What the tests of training share: a stopped clock."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def stopped(clock) -> None:
    """Every test of training happens at the same moment."""
