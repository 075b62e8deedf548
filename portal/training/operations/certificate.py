"""Certificates of completion: one of each completion, and all of a session in one box."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

import sqlalchemy as sa

from portal.accounts.models import Account
from portal.core import files, i18n
from portal.core.access import Viewer
from portal.core.db import db
from portal.core.documents import Document, documents_of
from portal.core.i18n import words
from portal.training import queries
from portal.training.documents import KIND, issue_certificate
from portal.training.models import Completion, CourseSession


def issue_completion_certificate(completion: Completion, *, by: Viewer | None) -> Document:
    """The certificate of a completion; it is issued when it is first asked for."""
    # Two clicks at once shall not issue it twice.
    db.session.execute(
        sa.select(Completion.id).where(Completion.id == completion.id).with_for_update()
    )
    known = db.session.scalar(documents_of(completion, KIND).limit(1))
    return known if known is not None else issue_certificate(completion, by=by)


def issue_session_certificates(session: CourseSession, *, by: Account) -> int:
    """Issue the certificates of everybody who completed the course in a session; how many."""
    completions = db.session.scalars(queries.completions_in(session.id)).all()
    for completion in completions:
        issue_completion_certificate(completion, by=by)
    return len(completions)


def box(papers: Sequence[tuple[Completion, Document]]) -> bytes:
    """The ready certificates as one ZIP, each named after who holds it."""
    out = io.BytesIO()
    # PDF is compressed already.
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for number, (completion, document) in enumerate(papers, start=1):
            if document.file is None:
                continue
            name = f"{number:03} {completion.person.display_name}.pdf"
            info = zipfile.ZipInfo(name.replace("/", "-"), document.issued_at.timetuple()[:6])
            archive.writestr(info, files.read(document.file))
    return out.getvalue()


def box_name(session: CourseSession) -> str:
    """What the ZIP is called."""
    return f"{words(session.course.title)} {i18n.iso(session.starts_at.date())}.zip"
