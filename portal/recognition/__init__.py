"""Thanks between colleagues, on a wall and in a monthly digest."""

from flask import Flask


def register(app: Flask) -> None:
    """Connect the feature's views and rules."""
