"""1:1s of two people: shared agenda, private notes, actions that carry over."""

from flask import Flask


def register(app: Flask) -> None:
    """Connect the feature's views and rules."""
    from portal.core import access
    from portal.meetings import jobs, policy, receivers, routes  # noqa: F401 - they listen

    app.register_blueprint(routes.bp)
    access.expose(app, "meetings", policy)
