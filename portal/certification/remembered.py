"""Figures over a large organisation, kept until anything they rest on changes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Final, TypeVar, cast

from flask import current_app, g, has_request_context

from portal.certification import queries
from portal.core.db import db

LARGE: Final = 1_000
"""Figures over fewer people are quick to count and never kept."""

MOST: Final = 64

Figures = TypeVar("Figures")
_lock = Lock()


def remembered(key: Hashable, people: Callable[[], int], count: Callable[[], Figures]) -> Figures:
    """What ``count`` returns for ``key``, unless it was counted since the last change.

    ``key`` names everything that narrows the figures: the day, the filters, and who sees whom.
    ``people`` says over how many they are.
    """
    newest, known = _newest_change(), _known()
    with _lock:
        found = known.get(key)
        if found is not None and found[0] == newest:
            known.move_to_end(key)
            return found[1]  # type: ignore[no-any-return]
    counted = count()
    if people() >= LARGE:
        with _lock:
            known[key] = newest, counted
            while len(known) > MOST:
                known.popitem(last=False)
    return counted


def _newest_change() -> tuple[int, ...]:
    """Asked once a request, which sees one state of the database."""
    if not has_request_context():
        return tuple(db.session.execute(queries.latest_change()).one())
    if "newest_change" not in g:
        g.newest_change = tuple(db.session.execute(queries.latest_change()).one())
    return cast("tuple[int, ...]", g.newest_change)


def _known() -> OrderedDict[Hashable, tuple[Any, Any]]:
    kept: OrderedDict[Hashable, tuple[Any, Any]] = current_app.extensions.setdefault(
        "certification_figures", OrderedDict()
    )
    return kept
