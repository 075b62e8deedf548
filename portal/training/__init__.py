"""Courses, sessions, programmes, enrolments, completions and continuing-education hours."""

from flask import Flask


def register(app: Flask) -> None:
    """Connect the feature's views and rules."""
    from portal.core import access
    from portal.training import (  # noqa: F401 - made known
        jobs,
        models,
        parts,
        policy,
        receivers,
        routes,
    )

    app.register_blueprint(routes.bp)
    access.expose(app, "training", policy)
    parts.connect(app)
