"""Who is asking: from the token in the cookie to the account, once a request."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any, Final

import flask
from flask import Flask, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager

from portal.accounts import queries
from portal.accounts.models import Account, AccountSession
from portal.accounts.viewer import viewer_if_any
from portal.core import clock
from portal.core.db import db, reads_only
from portal.core.returning import came_from, is_own_page

TOUCH_AFTER: Final = timedelta(minutes=10)
_BROWSERS: Final = (
    ("Edge", "Edg"),
    ("Opera", "OPR/"),
    ("Samsung Internet", "SamsungBrowser"),
    ("Firefox", "Firefox|FxiOS"),
    ("Chrome", "Chrome|CriOS"),
    ("Safari", "Safari"),
)
_SYSTEMS: Final = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("macOS", "Mac OS X|Macintosh"),
    ("ChromeOS", "CrOS"),
    ("Linux", "Linux"),
)


def register(app: Flask) -> None:
    """Let Flask-Login find the account; its own cookies and user ids are not used."""
    manager: Any = LoginManager()  # type: ignore[no-untyped-call]
    manager.request_loader(load_viewer)
    manager.unauthorized_handler(ask_to_sign_in)
    manager.init_app(app)
    app.config["SESSION_PROTECTION"] = None
    app.context_processor(_viewer_for_templates)


def _viewer_for_templates() -> dict[str, Account | None]:
    """``viewer``: whoever reads the page; mail and papers have none."""
    return {"viewer": viewer_if_any()}


def load_viewer(_request: object) -> Account | None:
    """The account whose open session the browser's token names."""
    token = flask.session.get("token")
    if not token:
        return None
    row = db.session.scalar(queries.session_with(token))
    if row is not None and clock.now() - row.seen_at > TOUCH_AFTER:
        row = _touched(token)
    g.account_session = row
    return row.account if row is not None else None


def _touched(token: str) -> AccountSession | None:
    """The same session, marked as used now.

    A reading transaction can't turn into a writing one on SQLite, so a GET request starts again;
    it happens once in ten minutes, and before the page has read anything else.
    """
    if reads_only():
        db.session.rollback()
        g.writes = True
    row = db.session.scalar(queries.session_with(token))
    if row is not None:
        row.seen_at = clock.now()
    return row


def present_session() -> AccountSession | None:
    """The session this request belongs to."""
    row: AccountSession | None = g.get("account_session")
    return row


def enter(token: str) -> None:
    """Start a new cookie for a new session: nothing a stranger put into the old one stays."""
    flask.session.clear()
    flask.session["token"] = token
    flask.session.permanent = True


def ask_to_sign_in() -> ResponseReturnValue:
    """Send a stranger to the sign-in page, and from there back to the page they wanted."""
    if request.method == "GET":
        wanted = request.full_path if request.query_string else request.path
    else:
        wanted = came_from()
    back = wanted if is_own_page(wanted) else None
    return redirect(url_for("accounts.sign_in", next=back), 303)


def browser_name() -> str:
    """The browser and system of this request, as its owner would call it: ``Firefox, Windows``."""
    agent = request.user_agent.string
    found = [
        next((name for name, sign in kinds if re.search(sign, agent)), "")
        for kinds in (_BROWSERS, _SYSTEMS)
    ]
    return ", ".join(name for name in found if name)
