"""Which tests stay together in one process, and which come first, when several share the work."""

from __future__ import annotations

import pytest
from xdist.scheduler import LoadScopeScheduling

from tests.databases import KINDS


class Together(LoadScopeScheduling):
    """A module keeps to one process, so that what its fixtures build is built once.

    So does the folder that crawls the whole portal before its first test, and so do all the
    journeys on one database, which share a served portal.
    """

    def _split_scope(self, nodeid: str) -> str:
        module = nodeid.split("::", maxsplit=1)[0]
        if module.startswith("tests/robustness/"):
            return "tests/robustness"
        if module.startswith("tests/journeys/"):
            return next(kind for kind in KINDS if f"[{kind}" in nodeid)
        return module


def slow_first(items: list[pytest.Item]) -> None:
    """Begin with the modules that take long, lest one of them is all that is left at the end."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)
