"""The store behind fsspec: a local folder by default, S3 when configured."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator
from typing import Any

import fsspec
from flask import Flask, current_app

from portal.core import clock
from portal.core.db import db
from portal.core.files.models import StoredFile
from portal.core.files.names import clean_name

CHUNK = 256 * 1024

PROBES = "~~"
"""What the keys of probes begin with and no other key can, so that they have their own folder."""


class FileMissing(LookupError):  # noqa: N818 - says what it is
    """The row is there, but its bytes are gone or are not the ones that were stored."""


def store(data: bytes, *, name: str, media_type: str) -> StoredFile:
    """Write bytes to the store, then their row to the session.

    In this order a crash leaves at worst a file that nobody knows, never a row without its file.
    """
    key = secrets.token_urlsafe(24)
    files, path = place_of(key)
    files.pipe_file(path, data)
    stored = StoredFile(
        key=key,
        name=clean_name(name),
        media_type=media_type,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        created_at=clock.now(),
    )
    db.session.add(stored)
    db.session.flush()
    return stored


def read(stored: StoredFile) -> bytes:
    """The bytes of a stored file.

    Raises:
        FileMissing: if they are gone or changed.

    """
    files, path = place_of(stored.key)
    try:
        data: bytes = files.cat_file(path)
    except FileNotFoundError as error:
        raise FileMissing(stored.key) from error
    if hashlib.sha256(data).hexdigest() != stored.sha256:
        raise FileMissing(stored.key)
    return data


def stream(stored: StoredFile) -> Iterator[bytes]:
    """The bytes in pieces, so that a large file does not fill the memory.

    Raises:
        FileMissing: at once, before the first piece, if they are gone.

    """
    files, path = place_of(stored.key)
    try:
        source = files.open(path, "rb")
    except FileNotFoundError as error:
        raise FileMissing(stored.key) from error

    def pieces() -> Iterator[bytes]:
        with source:
            while piece := source.read(CHUNK):
                yield piece

    return pieces()


def probe() -> None:
    """Store a few bytes, read them back and remove them.

    Raises:
        FileMissing: if they come back changed; besides, whatever the store itself raises.

    """
    sent = secrets.token_bytes(16)
    files, path = place_of(f"{PROBES}{secrets.token_urlsafe(24)}")
    files.pipe_file(path, sent)
    try:
        if files.cat_file(path) != sent:
            raise FileMissing(path)
    finally:
        files.rm_file(path)


def open_store(app: Flask) -> None:
    """Read FILES_URL and FILES_OPTIONS (JSON) and keep the file system they describe.

    Raises:
        ValueError: if the options are no JSON, or no library serves such an address.

    """
    options = json.loads(app.config["FILES_OPTIONS"] or "{}")
    url = app.config["FILES_URL"]
    if url.startswith("file://"):
        options.setdefault("auto_mkdir", True)
    app.extensions["file_store"] = _file_system(url, options)


def _file_system(url: str, options: dict[str, Any]) -> tuple[Any, str]:
    place: tuple[Any, str] = fsspec.core.url_to_fs(url, **options)  # type: ignore[no-untyped-call]
    return place


def place_of(key: str) -> tuple[Any, str]:
    """The file system and the path of a key; two letters of it make a folder."""
    if "file_store" not in current_app.extensions:
        open_store(current_app)
    files, root = current_app.extensions["file_store"]
    return files, f"{root}/{key[:2]}/{key}"
