"""Sign-in, sessions, invitations and roles of accounts."""

from flask import Flask

from portal.core import access


def register(app: Flask) -> None:
    """Connect the feature's views, rules, jobs and commands."""
    from portal.accounts import jobs, policy, routes  # noqa: F401 - jobs registers itself
    from portal.accounts.routes import cookie

    app.register_blueprint(routes.bp)
    cookie.register(app)
    access.expose(app, "accounts", policy)
