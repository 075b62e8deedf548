"""Surveys: short, anonymous, and shown only for groups large enough to hide in."""

from flask import Flask


def register(app: Flask) -> None:
    """Connect the feature's views and rules."""
    from portal.core import access
    from portal.surveys import (  # noqa: F401 - they make themselves known
        jobs,
        models,
        policy,
        routes,
    )

    app.register_blueprint(routes.bp)
    access.expose(app, "surveys", policy)
