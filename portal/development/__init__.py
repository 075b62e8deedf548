"""Assessments, feedback, career plans and the career passport."""

from flask import Flask


def register(app: Flask) -> None:
    """Connect the feature's views and rules."""
    from portal.core import access
    from portal.development import models, policy  # noqa: F401 - tables become known

    access.expose(app, "development", policy)
