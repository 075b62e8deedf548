"""The pages of hiring, one module for each noun; ``careers`` holds the public ones."""

from flask import Blueprint

bp = Blueprint("hiring", __name__, url_prefix="/hiring")

# The views below need ``bp``.
from portal.hiring.routes import careers, posting, requisition  # noqa: E402, F401
