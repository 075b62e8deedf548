"""Pages of onboarding: what is due, plans with their tasks, and the templates."""

from flask import Blueprint

bp = Blueprint("onboarding", __name__)

from portal.onboarding.routes import plan, task, template  # noqa: E402, F401 - they add their views
