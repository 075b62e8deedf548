"""Offers, their approval, letters and acceptance."""

from flask import Flask


def register(app: Flask) -> None:
    """Connect the feature's views, rules, paper and hourly job."""
    from portal.core import access
    from portal.offers import documents, jobs, policy, receivers, routes  # noqa: F401 - listen

    app.register_blueprint(routes.bp)
    access.expose(app, "offers", policy)
    routes.parts.connect(app)
