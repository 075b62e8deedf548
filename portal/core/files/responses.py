"""Sends a stored file to a browser that must not trust it."""

from __future__ import annotations

import unicodedata
from urllib.parse import quote

from flask import Response, request

from portal.core.files.models import StoredFile
from portal.core.files.storage import stream

SHOWABLE = frozenset({"application/pdf", "image/png", "image/jpeg"})
SANDBOX = "default-src 'none'; sandbox"
# Browsers refuse to show a PDF in a sandbox; their viewer runs nothing in our name anyway.
PDF_VIEWER = (
    "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
)


def respond(stored: StoredFile, *, inline: bool = False) -> Response:
    """The file as a download, or shown in the browser if ``inline`` and its type is harmless.

    Call it only behind an access rule.

    Raises:
        FileMissing: if the bytes are gone.

    """
    shown = inline and stored.media_type in SHOWABLE
    response = Response(stream(stored), mimetype=stored.media_type)
    headers = response.headers
    headers["Content-Length"] = str(stored.size)
    headers["Content-Disposition"] = disposition(stored.name, shown=shown)
    headers["X-Content-Type-Options"] = "nosniff"
    as_pdf = shown and stored.media_type == "application/pdf"
    headers["Content-Security-Policy"] = PDF_VIEWER if as_pdf else SANDBOX
    headers["X-Frame-Options"] = "SAMEORIGIN" if shown else "DENY"
    headers["Cache-Control"] = "private, max-age=0, must-revalidate"
    response.set_etag(stored.sha256)
    response.make_conditional(request)
    return response


def show_pdf(pdf: bytes, name: str) -> Response:
    """A PDF that is kept nowhere, such as a preview, shown in the browser."""
    response = Response(pdf, mimetype="application/pdf")
    response.headers["Content-Disposition"] = disposition(name, shown=True)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = PDF_VIEWER
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def disposition(name: str, *, shown: bool = False) -> str:
    """The Content-Disposition header (RFC 6266): an ASCII name, and the real one in UTF-8."""
    kind = "inline" if shown else "attachment"
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    simple = "".join(c if c.isalnum() or c in " ._-()" else "_" for c in folded).strip() or "file"
    header = f'{kind}; filename="{simple}"'
    if simple != name:
        header += f"; filename*=UTF-8''{quote(name, safe='')}"
    return header
