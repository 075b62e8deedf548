"""The careers site: open postings for everyone, without an account."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("careers", __name__)
