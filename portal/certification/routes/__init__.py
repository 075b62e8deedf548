"""Pages of certification."""

from flask import Blueprint

bp = Blueprint("certification", __name__)

from portal.certification.routes import (  # noqa: E402, F401 - they add their views
    award,
    badge,
    certificates,
    compliance,
    definition,
    mandate,
    matrix,
    proof,
    pursuit,
    queue,
    rule,
)
