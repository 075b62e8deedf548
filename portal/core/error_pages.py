"""Every error as a real page with a reference number, in the person's language."""

from __future__ import annotations

import logging

import sqlalchemy.orm.exc
from flask import Flask, Response, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError

from portal.core.db import db
from portal.core.errors import Gone, NotFound, Refused, Stale

log = logging.getLogger("portal")

TOLD = frozenset({"Allow", "Retry-After"})
"""Headers of an error that its page keeps."""


def register(app: Flask) -> None:
    """Install the handlers."""
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(NotFound, lambda _error: page(404))
    app.register_error_handler(Gone, lambda _error: page(410))
    app.register_error_handler(CSRFError, lambda _error: page(400, what=_expired_form()))
    app.register_error_handler(sqlalchemy.orm.exc.StaleDataError, _stale)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _fault)


def page(code: int, *, what: str | None = None) -> Response:
    """The error page for a status code; ``what`` replaces its explanation."""
    db.session.rollback()
    titles = headings()
    title, explanation = titles.get(code) or titles[400 if code < 500 else 500]
    body = render_template(
        "errors/error.html",
        code=code,
        title=title,
        what=what or explanation,
        reference=g.get("request_id", ""),
    )
    return Response(body, status=code, mimetype="text/html")


def headings() -> dict[int, tuple[str, str]]:
    """For each status its heading and what to do next."""
    return {
        400: (
            _("That didn't reach us whole"),
            _("Go back, check what you entered and send it again."),
        ),
        401: (
            _("Please sign in"),
            _("You were signed out. Sign in and you come back to this page."),
        ),
        403: (
            _("This page is not for you"),
            _("Your account may not open it. If you need it, ask HR."),
        ),
        404: (
            _("We can't find that page"),
            _("The address may be wrong, or what was here is gone."),
        ),
        405: (_("That can't be done here"), _("Go back and use the buttons on the page.")),
        409: (_("That can't be done now"), _("Go back, look at the present state and try again.")),
        410: (
            _("This is over"),
            _("What was here has closed, or the link was used or has expired."),
        ),
        413: (_("That is too large"), _("Choose a smaller file and send it again.")),
        422: (_("Something is missing"), _("Go back and check the fields that are marked.")),
        429: (_("Too many tries"), _("Wait a few minutes, then try again.")),
        500: (
            _("Something broke on our side"),
            _("Nothing was saved. Try again; if it happens again, tell us the reference below."),
        ),
        503: (
            _("We are not ready yet"),
            _("The portal is starting or being looked after. Try again in a minute."),
        ),
    }


def _expired_form() -> str:
    return _(
        "The form was open for too long or in another browser. "
        "Go back, reload it and send it again."
    )


def _refused(error: Refused) -> ResponseReturnValue:
    """Say no where the person stands: a message on the page they came from, else a page."""
    db.session.rollback()
    came_from = request.referrer or ""
    if request.method == "POST" and came_from.startswith(request.host_url) and not _is_script():
        flash(error.message, "bad")
        return redirect(came_from, 303)
    return page(409, what=error.message)


def _is_script() -> bool:
    return "HX-Request" in request.headers or request.accept_mimetypes.best == "application/json"


def _stale(_error: Exception) -> ResponseReturnValue:
    return _refused(Stale(someone_was_faster()))


def someone_was_faster() -> str:
    """The message for a stale write."""
    return _(
        "Someone was faster: this has changed since you opened it. Look at it as it is now "
        "and try again."
    )


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400 or error.response is not None:
        return error.get_response()
    answer = page(error.code)
    for name, value in error.get_headers():
        if name in TOLD:
            answer.headers[name] = value
    return answer


def _fault(error: Exception) -> ResponseReturnValue:
    """A fault of ours: logged with the reference the person sees, and nothing more is told."""
    log.error("request %s failed", g.get("request_id", ""), exc_info=error)
    db.session.rollback()
    try:
        return page(500)
    except Exception:
        log.exception("the error page failed too")
        return InternalServerError()
