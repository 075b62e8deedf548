"""Pages of surveys."""

from flask import Blueprint

bp = Blueprint("surveys", __name__)

from portal.surveys.routes import (  # noqa: E402, F401 - they add their views
    answers,
    course,
    questions,
    surveys,
)
