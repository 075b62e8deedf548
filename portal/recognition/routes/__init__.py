"""Pages of recognition."""

from flask import Blueprint

bp = Blueprint("recognition", __name__)
