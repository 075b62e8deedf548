"""Mentoring programmes, matching, and what pairs do together."""

from flask import Flask


def register(app: Flask) -> None:
    """Connect the feature's views, rules, receivers and jobs."""
    from portal.core import access
    from portal.mentoring import jobs, parts, policy, receivers, routes  # noqa: F401 - they listen

    app.register_blueprint(routes.bp)
    access.expose(app, "mentoring", policy)
    parts.connect(app)
