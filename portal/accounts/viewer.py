"""The account that asks, as itself and not as a proxy, for the views of every feature."""

from __future__ import annotations

from typing import Any, cast

from flask import has_request_context
from flask_login import current_user

from portal.accounts.models import Account


def viewer() -> Account:
    """The signed-in account; only for views that nobody reaches without signing in."""
    return cast("Account", current_user._get_current_object())  # noqa: SLF001 - Werkzeug's way


def viewer_if_any() -> Account | None:
    """The signed-in account, if there is one; mail, papers and jobs have none."""
    someone: Any = current_user
    return viewer() if has_request_context() and someone.is_authenticated else None
