"""Onboarding templates, plans with their tasks, check-ins and probation."""

from flask import Flask


def register(app: Flask) -> None:
    """Connect the feature's views, rules, receivers and jobs."""
    from portal.core import access
    from portal.onboarding import jobs, parts, policy, receivers, routes  # noqa: F401 - they listen

    app.register_blueprint(routes.bp)
    access.expose(app, "onboarding", policy)
    parts.connect(app)
