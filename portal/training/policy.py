"""Who may do what in training: rules about one row, without a query."""

from __future__ import annotations

from portal.core.access import Viewer


def keep_catalogue(viewer: Viewer) -> bool:
    """HR keeps courses, programmes and rules."""
    return viewer.has_role("hr")
