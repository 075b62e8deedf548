"""Goals with weight, parent and metric, and how they come along."""

from flask import Flask


def register(app: Flask) -> None:
    """Connect the feature's views and rules."""
    from portal.core import access
    from portal.goals import models, parts, policy, routes  # noqa: F401 - made known

    app.register_blueprint(routes.bp)
    access.expose(app, "goals", policy)
    parts.connect(app)
