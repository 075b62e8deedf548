"""Pages of training."""

from flask import Blueprint

bp = Blueprint("training", __name__)

from portal.training.routes import (  # noqa: E402, F401 - they add their views
    catalogue,
    certificate,
    course,
    enrolment,
    hours,
    imports,
    mine,
    programme,
    session,
    settings,
)
