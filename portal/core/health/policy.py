"""Who may read how the installation is."""

from __future__ import annotations

from portal.core.access import Viewer


def read_health(viewer: Viewer) -> bool:
    """It names servers and folders: administrators only."""
    return viewer.has_role("admin")
