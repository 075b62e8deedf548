"""Corrective actions: what was agreed, by when, and how it ended."""

from flask import Flask


def register(app: Flask) -> None:
    """Connect the feature's views and rules."""
    from portal.conduct import models  # noqa: F401 - tables become known
