"""Issued papers: what was printed, for which record, and how to prove it."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.db import Id, Json, Model, enum_column
from portal.core.documents.states import DocumentState
from portal.core.files import StoredFile


class Document(Model):
    """A paper with its data frozen at issue; its file is stored once and never printed again.

    ``issuer`` is the organisation's name on that day, ``country`` decides the sheet, moments on
    the paper are written in ``time_zone``.
    """

    __tablename__ = "document"
    __table_args__ = (
        sa.Index("ix_document_subject", "subject_type", "subject_id"),
        sa.CheckConstraint("(state = 'ready') = (file_id IS NOT NULL)", name="ready_has_file"),
        sa.CheckConstraint("(file_id IS NULL) = (sha256 IS NULL)", name="file_has_hash"),
    )

    id: Mapped[Id]
    kind: Mapped[str] = mapped_column(sa.String(60))
    template: Mapped[str] = mapped_column(sa.String(120))
    locale: Mapped[str] = mapped_column(sa.String(10))
    country: Mapped[str] = mapped_column(sa.String(2), default="")
    time_zone: Mapped[str] = mapped_column(sa.String(60), default="UTC")
    payload: Mapped[Json]
    subject_type: Mapped[str] = mapped_column(sa.String(60))
    subject_id: Mapped[int]
    state: Mapped[DocumentState] = mapped_column(
        enum_column(DocumentState), default=DocumentState.QUEUED
    )
    file_id: Mapped[int | None] = mapped_column(sa.ForeignKey("stored_file.id"))
    sha256: Mapped[str | None] = mapped_column(sa.String(64))
    verify_code: Mapped[str] = mapped_column(sa.String(40), unique=True)
    issuer: Mapped[str]
    issued_at: Mapped[datetime]
    issued_by: Mapped[int | None]
    error: Mapped[str | None] = mapped_column(sa.Text)

    file: Mapped[StoredFile | None] = relationship()

    @property
    def is_ready(self) -> bool:
        """Whether the file is there."""
        return self.state is DocumentState.READY

    @property
    def is_waiting(self) -> bool:
        """Whether a worker has yet to prepare it."""
        return self.state is DocumentState.QUEUED
