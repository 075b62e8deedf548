"""Pages of metrics."""

from flask import Blueprint

bp = Blueprint("metrics", __name__)

from portal.metrics.routes import (  # noqa: E402, F401 - they add their views
    definitions,
    imports,
    people,
    team,
    values,
)
