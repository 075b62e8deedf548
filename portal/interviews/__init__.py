"""Interview plans, scorecards, blind panels and decisions."""

from flask import Flask


def register(app: Flask) -> None:
    """Connect the feature's views, rules, jobs and commands."""
    from portal.interviews import routes

    app.register_blueprint(routes.bp)
