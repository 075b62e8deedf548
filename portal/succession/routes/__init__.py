"""Pages of succession."""

from flask import Blueprint

bp = Blueprint("succession", __name__)

from portal.succession.routes import (  # noqa: E402, F401 - they add their views
    bench,
    candidates,
    grid,
    grid_settings,
    nominations,
    papers,
    positions,
    settings,
    whatif,
)
