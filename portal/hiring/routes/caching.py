"""Public answers that browsers may keep for a minute and then ask whether they changed."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, g, make_response, request, session

from portal.core.tokens import keyed_hash

MAX_AGE = 60


def cached(render: Callable[[], str], mimetype: str = "text/html") -> Response:
    """The rendered page with an ETag, or 304 if the browser has it."""
    # A fresh nonce each time would make every answer differ, and a 304 would bring a nonce that
    # the kept page does not have. It guards one style element of a page without foreign markup.
    g.csp_nonce = keyed_hash("nonce", "careers")[:16]
    response = make_response(render())
    response.mimetype = mimetype
    response.vary.update(("Accept-Language", "Cookie"))
    if session.modified:
        return response
    response.cache_control.public = True
    response.cache_control.max_age = MAX_AGE
    response.add_etag()
    response.make_conditional(request)
    return response
