"""Pages of reviews."""

from flask import Blueprint

bp = Blueprint("reviews", __name__)

from portal.reviews.routes import (  # noqa: E402, F401 - they add their views
    calibration,
    cycles,
    mine,
    papers,
    parts,
    peers,
    review,
    team,
    templates,
)
