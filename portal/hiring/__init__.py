"""Requisitions, postings, the careers site, applications and screening."""

from flask import Flask


def register(app: Flask) -> None:
    """Connect the feature's views, rules, jobs and commands."""
    from portal.hiring import routes

    app.register_blueprint(routes.bp)
