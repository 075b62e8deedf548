"""The blueprint, and what its pages share."""

from __future__ import annotations

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from portal.core.tokens import keyed_hash

bp = Blueprint("accounts", __name__)


def start_page() -> ResponseReturnValue:
    """Go to the first page of the portal."""
    return redirect(f"{request.script_root}/", 303)


def is_own_page(address: str) -> bool:
    """Whether an address somebody sends leads to a page of this portal and nowhere else.

    Browsers also read two slashes, slash and backslash, and a tab between slashes as another site.
    """
    return (
        address.startswith("/")
        and not address.startswith("//")
        and "\\" not in address
        and all(" " < letter != "\x7f" for letter in address)
    )


def address_typed() -> str:
    """The e-mail address someone tries, for counting tries without keeping it."""
    return keyed_hash("throttle", request.form.get("email", "").strip().lower())
