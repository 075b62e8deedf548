"""Onboarding templates, plans and tasks."""

from flask import Flask


def register(app: Flask) -> None:
    """Connect the feature's views, rules and receivers."""
    from portal.core import access
    from portal.onboarding import parts, policy, receivers, routes  # noqa: F401 - receivers listen

    app.register_blueprint(routes.bp)
    access.expose(app, "onboarding", policy)
    parts.connect(app)
