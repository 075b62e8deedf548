"""Assessments, feedback, career plans and the career passport."""

from flask import Flask


def register(app: Flask) -> None:
    """Connect the feature's views, rules, jobs, papers and what it adds to other pages."""
    from portal.core import access
    from portal.development import documents, jobs, parts, policy, routes  # noqa: F401 - register

    app.register_blueprint(routes.bp)
    access.expose(app, "development", policy)
    parts.connect(app)
