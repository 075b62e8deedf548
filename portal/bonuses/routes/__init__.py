"""Pages of bonuses."""

from flask import Blueprint

bp = Blueprint("bonuses", __name__)

from portal.bonuses.routes import (  # noqa: E402, F401 - they add their views
    mine,
    plans,
    roster,
    runs,
    statements,
)
