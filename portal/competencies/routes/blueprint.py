"""The feature's blueprint."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("competencies", __name__)
