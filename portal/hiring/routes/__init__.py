"""The pages of hiring, one module for each noun; ``careers`` holds the public ones."""

from flask import Blueprint

bp = Blueprint("hiring", __name__, url_prefix="/hiring")

# The views below need ``bp``.
from portal.hiring.routes import (  # noqa: E402
    application,
    apply,
    board,
    candidate,
    careers,
    criteria,
    feeds,
    overview,
    posting,
    requisition,
    screening,
    status,
)

__all__ = [
    "application",
    "apply",
    "board",
    "bp",
    "candidate",
    "careers",
    "criteria",
    "feeds",
    "overview",
    "posting",
    "requisition",
    "screening",
    "status",
]
