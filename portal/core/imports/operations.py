"""Keeping what was sent until somebody has looked at it, and marking what was imported."""

from __future__ import annotations

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import joinedload
from werkzeug.datastructures import FileStorage

from portal.core import clock, files
from portal.core.access import Viewer
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.imports.models import SheetImport
from portal.core.imports.sheets import LARGEST, lines


def keep(upload: FileStorage, kind: str, *, by: Viewer) -> SheetImport:
    """Store a file for its preview; nothing in it is imported.

    Raises:
        Refused: at the upload's field, if it is neither CSV in UTF-8 nor an Excel workbook, or
            can't be read.
    """
    checked = files.accept(upload, {"csv", "xlsx"}, LARGEST)
    lines(checked.data)
    stored = files.store(checked.data, name=checked.name, media_type=checked.media_type)
    row = SheetImport(
        kind=kind,
        file=stored,
        sha256=stored.sha256,
        created_at=clock.now(),
        created_by_id=by.id,
    )
    db.session.add(row)
    db.session.flush()
    return row


def same_file_applied(row: SheetImport) -> SheetImport | None:
    """The import that has applied the same file, if there is one; it may be this one."""
    return db.session.scalar(
        sa.select(SheetImport).where(
            SheetImport.kind == row.kind,
            SheetImport.sha256 == row.sha256,
            SheetImport.applied_at.is_not(None),
        )
    )


def applied(row: SheetImport, number: int) -> None:
    """Mark a file as imported, in the transaction that saves its rows.

    Raises:
        Refused: if it, or the same file sent again, was imported before.
    """
    db.session.refresh(row, ["applied_at"], with_for_update=True)
    if same_file_applied(row) is not None:
        raise Refused(_("This file was imported already. Nothing was added a second time."))
    row.applied_at, row.applied_rows = clock.now(), number
    db.session.flush()


def imports_of(kind: str) -> sa.Select[SheetImport]:
    """What was imported of a kind, newest first, with the files."""
    return (
        sa.select(SheetImport)
        .where(SheetImport.kind == kind, SheetImport.applied_at.is_not(None))
        .options(joinedload(SheetImport.file, innerjoin=True))
        .order_by(SheetImport.id.desc())
    )
