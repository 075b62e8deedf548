"""Bonus plans and statements, worked out step by step."""

from flask import Flask


def register(app: Flask) -> None:
    """Connect the feature's views and rules."""
    from portal.bonuses import models  # noqa: F401 - tables become known
