"""From a proposal to another employment, and internal openings that fit people."""

from flask import Flask


def register(app: Flask) -> None:
    """Connect the feature's views, rules, paper and hourly job."""
    from portal.core import access
    from portal.promotions import (  # noqa: F401 - they listen
        documents,
        jobs,
        models,
        policy,
        receivers,
        routes,
    )

    app.register_blueprint(routes.bp)
    access.expose(app, "promotions", policy)
    routes.parts.connect(app)
