"""Review cycles from launch to the signed paper."""

from flask import Flask


def register(app: Flask) -> None:
    """Connect the feature's views, jobs, rules and answers to what happens below."""
    from portal.core import access
    from portal.reviews import (  # noqa: F401 - tables become known, jobs and answers connected
        jobs,
        models,
        policy,
        receivers,
        routes,
    )

    app.register_blueprint(routes.bp)
    access.expose(app, "reviews", policy)
