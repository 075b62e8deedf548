"""Goals with weight, parent and metric, and how they come along."""

from flask import Flask


def register(app: Flask) -> None:
    """Connect the feature's views and rules."""
    from portal.goals import models  # noqa: F401 - made known
