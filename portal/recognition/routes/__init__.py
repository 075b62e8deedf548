"""Pages of recognition."""

from flask import Blueprint

bp = Blueprint("recognition", __name__)

from portal.recognition.routes import (  # noqa: E402, F401 - they add their views
    thanks,
    values,
    wall,
)
