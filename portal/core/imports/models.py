"""What was sent to be imported, and whether it was."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.db import Id, Model
from portal.core.files import StoredFile


class SheetImport(Model):
    """One file sent to be imported as rows of a ``kind``; ``applied_rows`` is how many it added.

    ``sha256`` is the file's: the same file is applied once.
    """

    __tablename__ = "sheet_import"
    __table_args__ = (
        sa.Index(
            "uq_sheet_import_applied",
            "kind",
            "sha256",
            unique=True,
            sqlite_where=sa.text("applied_at IS NOT NULL"),
            postgresql_where=sa.text("applied_at IS NOT NULL"),
        ),
        sa.Index("ix_sheet_import_kind", "kind", "id"),
        sa.CheckConstraint("(applied_at IS NULL) = (applied_rows IS NULL)", name="applied"),
    )

    id: Mapped[Id]
    kind: Mapped[str] = mapped_column(sa.String(60))
    file_id: Mapped[int] = mapped_column(sa.ForeignKey("stored_file.id"))
    sha256: Mapped[str] = mapped_column(sa.String(64))
    created_at: Mapped[datetime]
    created_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    applied_at: Mapped[datetime | None]
    applied_rows: Mapped[int | None]

    file: Mapped[StoredFile] = relationship()
