"""Competencies with behavioural anchors, role requirements and the evidence ledger."""

from flask import Flask


def register(app: Flask) -> None:
    """Connect the feature's views, rules, jobs and commands."""
    from portal.competencies import parts, policy, routes
    from portal.core import access

    app.register_blueprint(routes.bp)
    access.expose(app, "competencies", policy)
    parts.register(app)
