"""Takes files away for good: a stored one when its row goes, and those no row knows."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask import current_app

from portal.core import clock
from portal.core.db import db
from portal.core.files.models import StoredFile
from portal.core.files.storage import place_of
from portal.core.jobs import enqueue, handler, periodic

ORPHANED_AFTER = timedelta(days=1)
"""Bytes without a row are a request that was rolled back, or an upload on a form never sent."""

_BATCH = 500


def remove(stored: StoredFile) -> None:
    """Delete the row now and the bytes once the transaction has committed."""
    enqueue("files.remove", file_key=stored.key)
    db.session.delete(stored)


@handler("files.remove")
def remove_bytes(file_key: str) -> None:
    """Delete the bytes of a key, unless a row knows it (the transaction was taken back)."""
    known = sa.select(StoredFile.id).where(StoredFile.key == file_key)
    if db.session.scalar(known) is not None:
        return
    files, path = place_of(file_key)
    if files.exists(path):
        files.rm_file(path)


@periodic("files.sweep", cron="17 3 * * *")
def sweep() -> None:
    """Delete bytes older than a day that no row knows."""
    before = clock.now() - ORPHANED_AFTER
    old = (path for path, changed in _everything() if changed < before)
    while batch := list(itertools.islice(old, _BATCH)):
        keys = {path.rpartition("/")[2]: path for path in batch}
        known = set(db.session.scalars(sa.select(StoredFile.key).where(StoredFile.key.in_(keys))))
        for key in keys.keys() - known:
            current_app.extensions["file_store"][0].rm_file(keys[key])


def _everything() -> Iterator[tuple[str, datetime]]:
    """The path and last change of each file in the store."""
    files, probe = place_of("probe")
    root = probe.rsplit("/", 2)[0]
    if not files.exists(root):
        return
    for path, info in files.find(root, detail=True).items():
        yield path, _changed(info)


def _changed(info: dict[str, Any]) -> datetime:
    """Folders say ``mtime`` in seconds, S3 ``LastModified`` as a moment."""
    changed = info.get("mtime", info.get("LastModified"))
    if isinstance(changed, datetime):
        return changed.astimezone(UTC)
    return datetime.fromtimestamp(float(changed or 0), UTC)
