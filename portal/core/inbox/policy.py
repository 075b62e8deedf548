"""Whose notices are whose."""

from __future__ import annotations

from portal.core.access import Viewer
from portal.core.inbox.models import Notice


def open_notice(viewer: Viewer, notice: Notice) -> bool:
    """Only one's own."""
    return notice.account_id == viewer.id
