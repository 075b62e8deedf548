"""The saved views of a list for its page: tabs, the one shown now, and whether to offer saving."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from flask import request

from portal.accounts import queries
from portal.accounts.models import SavedView
from portal.accounts.operations.views import MOST_VIEWS
from portal.accounts.viewer import viewer
from portal.core.db import db

PASSING: Final = frozenset({"cursor", "lang"})
"""Arguments that say where one stands in a list, not what narrows it."""

LONGEST: Final = 1000


@dataclass(frozen=True)
class SavedViews:
    """The viewer's own views of one list; ``query`` is what narrows it now, if anything does."""

    place: str
    base: str
    query: str
    narrowed: bool
    rows: Sequence[SavedView]

    @property
    def current(self) -> SavedView | None:
        """The one the page shows now."""
        return next((view for view in self.rows if view.query == self.query), None)

    @property
    def is_offered(self) -> bool:
        """Whether what the page shows now can be saved."""
        free = self.current is None and len(self.rows) < MOST_VIEWS
        return self.narrowed and free and len(self.query) <= LONGEST

    def among(self, tabs: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        """The list's own tabs, and the saved ones after them; one at most is current."""
        shown = self.current
        own = [tab | {"current": tab.get("current") and shown is None} for tab in tabs]
        return own + [
            {"label": view.name, "url": f"{self.base}?{view.query}", "current": view is shown}
            for view in self.rows
        ]


def saved_views(place: str, *, narrowed: bool) -> SavedViews:
    """The viewer's views of the list at ``place``, an endpoint, for the request under way."""
    rows = db.session.scalars(queries.views_of(viewer(), place)).all()
    kept = sorted(
        (name, value)
        for name, value in request.args.items(multi=True)
        if value and name not in PASSING
    )
    base = request.script_root + request.path
    return SavedViews(place, base, urlencode(kept), narrowed, rows)
