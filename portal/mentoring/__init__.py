"""Mentoring programmes, matching, and what pairs do together."""

from flask import Flask


def register(app: Flask) -> None:
    """Connect the feature's views, rules, receivers and jobs."""
    from portal.mentoring import models  # noqa: F401 - tables become known
