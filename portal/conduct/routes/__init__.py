"""Pages of corrective actions."""

from flask import Blueprint

bp = Blueprint("conduct", __name__)

from portal.conduct.routes import action, actions, steps  # noqa: E402, F401 - they add their views
