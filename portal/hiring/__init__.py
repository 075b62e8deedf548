"""Requisitions, postings, the careers site, applications and screening."""

from flask import Flask


def register(app: Flask) -> None:
    """Connect the feature's views, rules and jobs."""
    from portal.accounts.viewer import viewer
    from portal.core import access
    from portal.hiring import documents, jobs, parts, policy, routes  # noqa: F401 - jobs register themselves
    from portal.hiring.routes import careers

    app.register_blueprint(routes.bp)
    app.register_blueprint(careers.bp)
    access.expose(app, "hiring", policy)
    app.jinja_env.globals["more_hiring_tabs"] = lambda: parts.tabs.shown(viewer())
    documents.register()
