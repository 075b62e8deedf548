"""Figures over a large organisation, kept until anything they rest on changes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Final, TypeVar

from flask import current_app

from portal.certification import queries
from portal.core.db import db

LARGE: Final = 1_000
"""Figures over fewer people are quick to count and never kept."""

MOST: Final = 64

Figures = TypeVar("Figures")
_lock = Lock()


def remembered(key: Hashable, people: int, count: Callable[[], Figures]) -> Figures:
    """What ``count`` returns for ``key``, unless it was counted since the last change.

    ``key`` names everything that narrows the figures: the day, the filters, and who sees whom.
    """
    if people < LARGE:
        return count()
    newest = tuple(db.session.execute(queries.latest_change()).one())
    known = _known()
    with _lock:
        found = known.get(key)
        if found is not None and found[0] == newest:
            known.move_to_end(key)
            return found[1]  # type: ignore[no-any-return]
    counted = count()
    with _lock:
        known[key] = newest, counted
        while len(known) > MOST:
            known.popitem(last=False)
    return counted


def _known() -> OrderedDict[Hashable, tuple[Any, Any]]:
    kept: OrderedDict[Hashable, tuple[Any, Any]] = current_app.extensions.setdefault(
        "certification_figures", OrderedDict()
    )
    return kept
