"""Pages of onboarding: what is due, plans with their tasks, check-ins, probation, templates."""

from flask import Blueprint

bp = Blueprint("onboarding", __name__)

from portal.onboarding.routes import (  # noqa: E402 - they add their views
    check_in,
    due,
    entries,
    plan,
    plans,
    probation,
    task,
    template,
    update,
)

__all__ = ["bp", "check_in", "due", "entries", "plan", "plans", "probation", "task", "template",
           "update"]  # fmt: skip
