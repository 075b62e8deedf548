"""Notices to colleagues inside the portal, in the language they read it in."""

from flask import Flask

from portal.core import access
from portal.core.inbox import policy, routes
from portal.core.inbox.models import Notice
from portal.core.inbox.operations import mark_all_read, mark_read, tell
from portal.core.inbox.queries import unread_count
from portal.core.inbox.states import NoticeKind

__all__ = [
    "Notice",
    "NoticeKind",
    "mark_all_read",
    "mark_read",
    "register",
    "tell",
    "unread_count",
]


def register(app: Flask) -> None:
    """Add the inbox pages."""
    app.register_blueprint(routes.bp)
    access.expose(app, "inbox", policy)
