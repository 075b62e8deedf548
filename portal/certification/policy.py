"""Who may do what in certification: rules about one row, without a query."""

from __future__ import annotations

from portal.core.access import Viewer


def keep_definitions(viewer: Viewer) -> bool:
    """HR keeps certifications, client queues and for whom they are mandatory."""
    return viewer.has_role("hr")
