"""Corrective actions: what was agreed, by when, and how it ended."""

from flask import Flask


def register(app: Flask) -> None:
    """Connect the feature's views and rules."""
    from portal.conduct import models, parts, policy, routes  # noqa: F401 - tables become known
    from portal.core import access

    app.register_blueprint(routes.bp)
    access.expose(app, "conduct", policy)
    parts.connect(app)
