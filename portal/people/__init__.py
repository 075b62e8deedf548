"""Persons, the organisation they work in, and their employments."""

from flask import Flask


def register(app: Flask) -> None:
    """Connect the feature's views, rules, jobs and commands."""
    from portal.core import access
    from portal.people import brand, cli, jobs, policy, receivers, routes  # noqa: F401 - they listen

    app.register_blueprint(routes.bp)
    access.expose(app, "people", policy)
    brand.register(app)
    app.cli.add_command(cli.create_admin)
