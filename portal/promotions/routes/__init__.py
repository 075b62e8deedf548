"""Pages of promotions and internal openings."""

from flask import Blueprint

bp = Blueprint("promotions", __name__)

from portal.promotions.routes import (  # noqa: E402, F401 - they add their views
    announcement,
    answer,
    openings,
    parts,
    promotions,
    proposal,
)
