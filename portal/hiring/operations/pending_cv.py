"""A CV that came with a form sent back: kept a day, named by a signed token in the page."""

from __future__ import annotations

from typing import Any

from flask import current_app
from itsdangerous import BadSignature, URLSafeTimedSerializer

from portal.core import files
from portal.core.files import FileMissing, StoredFile, Upload

KEPT_SECONDS = 24 * 60 * 60


def keep(upload: Upload) -> str:
    """Store an upload without an application; returns the token that brings it back.

    The request's answer is an error, so its row is rolled back and only the bytes stay; what nobody
    comes back for is swept away with all bytes that no row knows.
    """
    stored = files.store(upload.data, name=upload.name, media_type=upload.media_type)
    return str(
        _signer().dumps(
            {
                "key": stored.key,
                "name": stored.name,
                "type": stored.media_type,
                "sha256": stored.sha256,
            }
        )
    )


def kept_name(token: str | None) -> str:
    """The file name a token stands for; blank if it is none of ours or too old."""
    return str((_read(token) or {}).get("name", ""))


def bring_back(token: str | None) -> Upload | None:
    """The upload a token stands for, checked when it came in; ``None`` if it is gone."""
    found = _read(token)
    if found is None:
        return None
    row = StoredFile(key=found["key"], sha256=found["sha256"])
    try:
        return Upload(files.read(row), found["name"], found["type"])
    except FileMissing:
        return None


def _read(token: str | None) -> dict[str, Any] | None:
    try:
        found = _signer().loads(token or "", max_age=KEPT_SECONDS)
    except BadSignature:
        return None
    return dict(found)


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="pending-cv")
