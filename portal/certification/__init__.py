"""Certifications as rules, awards, who may serve whom, reminders and digital badges."""

from flask import Flask


def register(app: Flask) -> None:
    """Connect the feature's views and rules."""
    from portal.certification import (  # noqa: F401 - tables become known, receivers listen
        cli,
        jobs,
        models,
        papers,
        parts,
        policy,
        receivers,
        routes,
    )
    from portal.core import access

    app.register_blueprint(routes.bp)
    access.expose(app, "certification", policy)
    parts.connect(app)
    parts.add_award_part(app, "certification/_award_papers.html", papers.papers_of)
    for command in cli.COMMANDS:
        app.cli.add_command(command)
