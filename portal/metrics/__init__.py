"""Metrics: versioned definitions, targets, and the figures of people month by month."""

from flask import Flask


def register(app: Flask) -> None:
    """Connect the feature's views and rules."""
    from portal.core import access
    from portal.metrics import (  # noqa: F401 - made known
        models,
        parts,
        policy,
        routes,
    )

    app.register_blueprint(routes.bp)
    access.expose(app, "metrics", policy)
    parts.connect(app)
