"""Persons, the organisation they work in, and their employments."""

from flask import Flask


def register(app: Flask) -> None:
    """Connect the feature's views, rules, jobs and commands."""
    from portal.people import routes

    app.register_blueprint(routes.bp)
