"""What needs me, navigation and search."""

from flask import Flask


def register(app: Flask) -> None:
    """Connect the feature's views, rules, jobs and commands."""
    from portal.home import routes

    app.register_blueprint(routes.bp)
