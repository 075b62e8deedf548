"""Offers, their approval, letters and acceptance."""

from flask import Flask


def register(app: Flask) -> None:
    """Connect the feature's views, rules, jobs and commands."""
    from portal.offers import routes

    app.register_blueprint(routes.bp)
