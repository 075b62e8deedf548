"""Review cycles from launch to the signed paper."""

from flask import Flask


def register(app: Flask) -> None:
    """Connect the feature's views and rules."""
    from portal.core import access
    from portal.reviews import models, policy, routes  # noqa: F401 - tables become known

    app.register_blueprint(routes.bp)
    access.expose(app, "reviews", policy)
