"""Pages of development."""

from flask import Blueprint

bp = Blueprint("development", __name__)

from portal.development.routes import (  # noqa: E402, F401 - they add their views
    assessments,
    feedback,
    passport,
    people,
    person,
    plans,
    replies,
    sheets,
)
