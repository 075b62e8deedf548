"""Review cycles from launch to the signed paper."""

from flask import Flask


def register(app: Flask) -> None:
    """Connect the feature's views and rules."""
