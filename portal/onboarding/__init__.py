"""Onboarding templates, plans and tasks."""

from flask import Flask


def register(app: Flask) -> None:
    """Connect the feature's views, rules, jobs and commands."""
    from portal.onboarding import routes

    app.register_blueprint(routes.bp)
