"""Mentoring programmes, matching, and what pairs do together."""

from flask import Flask


def register(app: Flask) -> None:
    """Connect the feature's views and rules."""
