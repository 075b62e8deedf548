"""Pages of training."""

from flask import Blueprint

bp = Blueprint("training", __name__)

from portal.training.routes import catalogue, session  # noqa: E402, F401 - they add their views
