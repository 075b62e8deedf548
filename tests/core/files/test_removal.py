"""Files go for good: with their row, and when no row knows them."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest

from portal.core import clock as portal_clock
from portal.core import files
from portal.core.db import db
from portal.core.files import FileMissing, StoredFile
from portal.core.files.removal import remove, remove_bytes, sweep
from portal.core.files.storage import place_of
from tests.waiting import payloads


def stored(text=b"words"):
    return files.store(text, name="a.txt", media_type="text/plain")


def copy(row):
    return StoredFile(key=row.key, sha256=row.sha256)


def age(row, **by):
    then = (portal_clock.now() - timedelta(**by)).timestamp()
    os.utime(place_of(row.key)[1], (then, then))


def test_the_row_goes_at_once_and_the_bytes_with_the_job(db_session):
    row = stored()
    kept = copy(row)
    remove(row)
    db_session.flush()
    assert files.read(kept) == b"words"
    (payload,) = payloads("files.remove")
    remove_bytes(**payload)
    remove_bytes(**payload)
    with pytest.raises(FileMissing):
        files.read(kept)


def test_bytes_whose_row_came_back_stay(db_session):
    row = stored()
    remove_bytes(row.key)
    assert files.read(row) == b"words"


def test_the_sweep_takes_old_bytes_that_no_row_knows(db_session):
    known, orphan, young = stored(), stored(b"orphan"), stored(b"young")
    lost, fresh = copy(orphan), copy(young)
    age(known, days=9)
    age(orphan, hours=25)
    age(young, hours=23)
    for row in (orphan, young):
        db.session.delete(row)
    db_session.flush()
    sweep()
    assert files.read(known) == b"words"
    assert files.read(fresh) == b"young"
    with pytest.raises(FileMissing):
        files.read(lost)
