"""Previews that nobody confirms do not stay."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from werkzeug.datastructures import FileStorage

from portal.core import files, imports
from portal.core.db import db
from portal.core.files import StoredFile
from portal.core.imports import SheetImport
from portal.core.imports.removal import sweep
from portal.core.jobs.registry import SCHEDULES
from tests.conftest import MOMENT
from tests.factories import people
from tests.waiting import payloads


def sent(text: str) -> SheetImport:
    upload = FileStorage(io.BytesIO(text.encode()), "rows.csv", "file")
    return imports.keep(upload, "completions", by=people.account())


def left() -> list[int]:
    return list(db.session.scalars(sa.select(SheetImport.id).order_by(SheetImport.id)))


def test_a_preview_older_than_a_day_goes_with_its_file(db_session: Any, clock: Any) -> None:
    old = sent("E-mail\nada@example.com")
    key, file_id = old.file.key, old.file_id
    clock(MOMENT + timedelta(hours=24))
    sweep()
    assert left() == [old.id]
    clock(MOMENT + timedelta(hours=25))
    young = sent("E-mail\ncan@example.com")
    sweep()
    assert left() == [young.id]
    assert db.session.get(StoredFile, file_id) is None
    assert payloads("files.remove") == [{"file_key": key}]
    assert files.read(young.file)


def test_what_was_imported_stays_with_its_file(db_session: Any, clock: Any) -> None:
    row = sent("E-mail\nada@example.com")
    imports.applied(row, 1)
    again = sent("E-mail\nada@example.com")
    clock(MOMENT + timedelta(days=400))
    sweep()
    assert left() == [row.id] != [again.id]
    assert files.read(row.file)


def test_it_runs_by_the_clock() -> None:
    assert SCHEDULES["imports.sweep"].cron == "37 3 * * *"
