"""Pages of careers."""

from flask import Blueprint

bp = Blueprint("paths", __name__)

from portal.careers.routes import (  # noqa: E402, F401 - they add their views
    claims,
    explorer,
    ladder,
    path,
    people,
    requirements,
)
