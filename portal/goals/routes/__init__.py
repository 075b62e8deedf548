"""Pages of goals."""

from flask import Blueprint

bp = Blueprint("goals", __name__)

from portal.goals.routes import answers, closing, goal, people, team, writing  # noqa: E402, F401
