"""Key positions, who could take over, and what happens if somebody leaves."""

from flask import Flask


def register(app: Flask) -> None:
    """Connect the feature's views and rules."""
