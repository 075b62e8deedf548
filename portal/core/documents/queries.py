"""Papers by the record they are about, and by the code printed on them."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import defer

from portal.core.db import Model
from portal.core.documents.models import Document


def documents_of(subject: Model, kind: str | None = None) -> sa.Select[Document]:
    """The papers about one record, newest first, without their frozen data."""
    found = (
        sa.select(Document)
        .where(Document.subject_type == subject.__tablename__, Document.subject_id == subject.id)
        .order_by(Document.id.desc())
        .options(defer(Document.payload))
    )
    return found.where(Document.kind == kind) if kind else found


def document_with_code(code: str) -> sa.Select[Document]:
    """The paper with this verify code, without its frozen data."""
    return sa.select(Document).where(Document.verify_code == code).options(defer(Document.payload))
