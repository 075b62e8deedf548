"""Short surveys whose answers are only ever shown for groups."""

from flask import Flask


def register(app: Flask) -> None:
    """Connect the feature's views and rules."""
