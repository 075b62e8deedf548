"""The ladder as a graph of roles, what each role asks for, and how far everybody is."""

from flask import Flask


def register(app: Flask) -> None:
    """Connect the feature's views and rules.

    The careers site for candidates has the blueprint and the addresses ``careers``; what belongs
    to the people who work here is ``paths``.
    """
    from portal.careers import documents, models, parts, policy, routes  # noqa: F401 - register
    from portal.core import access

    app.register_blueprint(routes.bp)
    access.expose(app, "careers", policy)
    parts.connect(app)
