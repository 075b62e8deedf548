"""Pages of 1:1s."""

from flask import Blueprint

bp = Blueprint("meetings", __name__)

from portal.meetings.routes import content, meeting, series  # noqa: E402, F401 - they add views
