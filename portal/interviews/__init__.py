"""Interview plans, scorecards, blind panels and decisions."""

from flask import Flask


def register(app: Flask) -> None:
    """Connect the feature's views, rules, papers and what it adds to hiring."""
    from portal.core import access
    from portal.interviews import documents, policy, receivers, routes  # noqa: F401 - receivers listen

    app.register_blueprint(routes.bp)
    access.expose(app, "interviews", policy)
    documents.register()
    routes.parts.connect(app)
