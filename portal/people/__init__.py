"""Persons, the organisation they work in, and their employments."""

from flask import Flask


def register(app: Flask) -> None:
    """Connect the feature's views, rules, jobs and commands."""
    from portal.core import access
    from portal.people import jobs, policy, receivers, routes  # noqa: F401 - listen once imported

    app.register_blueprint(routes.bp)
    access.expose(app, "people", policy)
