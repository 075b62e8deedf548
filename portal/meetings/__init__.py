"""1:1s of two people: shared agenda, private notes, actions that carry over."""

from flask import Flask


def register(app: Flask) -> None:
    """Connect the feature's views and rules."""
    from portal.meetings import models  # noqa: F401 - made known
