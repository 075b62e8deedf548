"""The Flask class of the portal: one transaction a request, safe headers, a request number."""

from __future__ import annotations

import hashlib
import secrets
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from flask import Flask, Response, abort, current_app, g, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from werkzeug.middleware.proxy_fix import ProxyFix

from portal.core.db import db, prepare_engine, session_writes

ROOT = Path(__file__).resolve().parents[2]


class Portal(Flask):
    """Commits once when a view returns, rolls back when it raises or answers with an error."""

    def __init__(self) -> None:
        super().__init__(
            "portal",
            root_path=str(ROOT / "portal"),
            template_folder=str(ROOT / "templates"),
            static_folder=str(ROOT / "static"),
        )
        self.jinja_env.trim_blocks = True
        self.jinja_env.lstrip_blocks = True

    def dispatch_request(self) -> ResponseReturnValue:
        """Run the view inside the request's one transaction."""
        response = self.make_response(super().dispatch_request())
        if response.status_code < 400:
            db.session.commit()
            self._write_readings()
        else:
            db.session.rollback()
        return response

    def _write_readings(self) -> None:
        """Record who opened sensitive records, in a short transaction of its own."""
        if readings := g.pop("readings", None):
            with session_writes():
                db.session.add_all(readings)
                db.session.commit()


def register(app: Flask) -> None:
    """Connect the database, the request number, the headers and the static addresses."""
    db.init_app(app)
    with app.app_context():
        for engine in db.engines.values():
            prepare_engine(engine)
    if hops := app.config["TRUSTED_PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    app.before_request(_number_request)
    app.after_request(_safe_headers)
    app.jinja_env.globals.update(static=static_url, icon_mark=icon_mark, csp_nonce=csp_nonce)


def _number_request() -> None:
    g.request_id = secrets.token_hex(6)
    # No address of ours holds a NUL, and PostgreSQL refuses it in any text.
    if "\0" in request.path:
        abort(404)


def csp_nonce() -> str:
    """The nonce of this response's one inline style."""
    nonce: str = g.setdefault("csp_nonce", secrets.token_urlsafe(12))
    return nonce


def _safe_headers(response: Response) -> Response:
    style = f" 'nonce-{g.csp_nonce}'" if "csp_nonce" in g else ""
    policy = (
        f"default-src 'self'; style-src 'self'{style}; img-src 'self' data:; object-src 'none'; "
        "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
    )
    headers = response.headers
    headers.setdefault("Content-Security-Policy", policy)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("X-Frame-Options", "DENY")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers["X-Request-Id"] = g.get("request_id", "")
    if request.is_secure:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if request.endpoint != "static":
        headers.setdefault("Cache-Control", "no-store")
    return response


def static_url(path: str) -> str:
    """The address of a static file, with a mark of its content so that it may be kept for ever."""
    if current_app.debug or current_app.testing:
        return url_for("static", filename=path)
    return request.script_root + _marked(path)


def icon_mark(name: str, class_: str = "") -> Markup:
    """An icon of the house; a page has a hundred, so this is no macro."""
    return _icon(static_url("_ui/icons.svg"), name, class_)


@lru_cache(1024)
def _icon(file: str, name: str, class_: str) -> Markup:
    classes = f"i {class_}" if class_ else "i"
    return Markup('<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>').format(
        classes, file, name
    )


@cache
def _marked(path: str) -> str:
    mark = hashlib.sha256((ROOT / "static" / path).read_bytes()).hexdigest()[:12]
    return f"/static/{quote(path)}?v={mark}"


def load_settings(app: Flask, settings: Any, **overrides: object) -> None:  # noqa: ANN401 - config.Settings
    """Take every upper-case attribute of the settings object into the app's configuration."""
    app.config.from_object(settings)
    app.config.update(overrides)
