"""Assessments, feedback, career plans and the career passport."""

from flask import Flask


def register(app: Flask) -> None:
    """Connect the feature's views and rules."""
