"""HTTP views."""

from flask import Blueprint

bp = Blueprint("competencies", __name__)
