"""Sign-in, sessions, invitations and roles of accounts."""

from flask import Flask


def register(app: Flask) -> None:
    """Connect the feature's views, rules, jobs and commands."""
    from portal.accounts import routes

    app.register_blueprint(routes.bp)
