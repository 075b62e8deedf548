"""Bonus plans and statements, worked out step by step."""

from flask import Flask


def register(app: Flask) -> None:
    """Connect the feature's views and rules."""
    from portal.bonuses import jobs, models, parts, policy, routes  # noqa: F401 - made known
    from portal.core import access

    app.register_blueprint(routes.bp)
    access.expose(app, "bonuses", policy)
    parts.connect(app)
