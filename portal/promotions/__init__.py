"""From a proposal to another employment, and internal openings that fit people."""

from flask import Flask


def register(app: Flask) -> None:
    """Connect the feature's views and rules."""
