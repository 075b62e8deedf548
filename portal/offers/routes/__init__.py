"""Pages of offers: for HR and approvers, for candidates, and the letter templates."""

from flask import Blueprint

bp = Blueprint("offers", __name__)

from portal.offers.routes import answer, letter, offer, parts  # noqa: E402, F401 - they add their views
