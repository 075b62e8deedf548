"""The blueprint, and what its pages share."""

from __future__ import annotations

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from portal.accounts.queries import normal_email
from portal.core.tokens import keyed_hash

bp = Blueprint("accounts", __name__)


def start_page() -> ResponseReturnValue:
    """Go to the first page of the portal."""
    return redirect(f"{request.script_root}/", 303)


def address_typed() -> str:
    """The e-mail address someone tries, for counting tries without keeping it."""
    return keyed_hash("throttle", normal_email(request.form.get("email", "")))
