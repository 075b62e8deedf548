"""What needs me, navigation and search."""

from flask import Flask


def register(app: Flask) -> None:
    """Connect the home page, and give every page its navigation."""
    from portal.home import meetings, navigation, routes

    app.register_blueprint(routes.bp)
    app.jinja_env.globals.update(navigation=navigation.navigation)
    meetings.connect(app)
