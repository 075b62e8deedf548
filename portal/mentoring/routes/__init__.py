"""Pages of mentoring."""

from flask import Blueprint

bp = Blueprint("mentoring", __name__)

from portal.mentoring.routes import (  # noqa: E402, F401 - they add their views
    joining,
    match,
    mentors,
    overview,
    pair,
    programmes,
    session,
)
