"""Issuing a paper, preparing its file once, and handing it out."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from typing import Any

from flask import current_app
from flask_babel import gettext as _

from portal.core import clock, files, jobs
from portal.core.access import Viewer
from portal.core.brand import Brand, brand
from portal.core.db import Model, db
from portal.core.documents import codec
from portal.core.documents.codes import new_code
from portal.core.documents.models import Document
from portal.core.documents.rendering import DataclassInstance, Seal, render
from portal.core.documents.states import MOVES, DocumentState
from portal.core.errors import Refused
from portal.core.states import require_move

log = logging.getLogger(__name__)

JOB = "documents.render"
MEDIA_TYPE = "application/pdf"


def issue(
    template: str,
    data: DataclassInstance,
    *,
    kind: str | None = None,
    subject: Model,
    locale: str,
    by: Viewer | None,
    country: str = "",
    time_zone: str = "UTC",
) -> Document:
    """Freeze the data of a paper and have ``templates/pdf/<template>.html`` printed from it.

    The kind is the template's name unless given. The row is flushed, so it has its id at once; the
    file follows when a worker has prepared it.

    Raises:
        TypeError: if the data holds something papers do not carry (see ``codec``).

    """
    document = Document(
        kind=kind or template,
        template=template,
        locale=locale,
        country=country,
        time_zone=time_zone,
        payload=codec.encode(data),
        subject_type=subject.__tablename__,
        subject_id=subject.id,
        state=DocumentState.QUEUED,
        verify_code=new_code(),
        issuer=brand().name,
        issued_at=clock.now().replace(microsecond=0),
        issued_by=by.id if by is not None else None,
    )
    db.session.add(document)
    db.session.flush()
    _enqueue(document)
    return document


def retry_document(document: Document) -> None:
    """Have a failed paper prepared again from the same data.

    Raises:
        Refused: if it has not failed.

    """
    require_move(MOVES, document.state, DocumentState.QUEUED)
    document.state, document.error = DocumentState.QUEUED, None
    _enqueue(document)


def _enqueue(document: Document) -> None:
    jobs.enqueue(JOB, key=f"{JOB}:{document.id}", document_id=document.id)


@dataclass(frozen=True)
class Order:
    """All it takes to print a document, apart from the database."""

    template: str
    payload: dict[str, Any]
    locale: str
    country: str
    time_zone: str
    seal: Seal
    brand: Brand


def order_of(document: Document) -> Order:
    """What to print, taken out of the row so that printing holds no transaction open."""
    code = document.verify_code
    url = f"{current_app.config['BASE_URL']}/verify/{code}"
    return Order(
        document.template,
        document.payload,
        document.locale,
        document.country,
        document.time_zone,
        Seal(code, url, document.issued_at),
        brand(),
    )


def print_order(order: Order) -> bytes:
    """The bytes of the paper."""
    return render(
        order.template,
        codec.decode(order.payload),
        locale=order.locale,
        brand=order.brand,
        country=order.country,
        time_zone=order.time_zone,
        seal=order.seal,
    )


def keep_file(document: Document, pdf: bytes) -> None:
    """Store the printed file, unless another worker was faster: an issued paper never changes."""
    if document.is_ready:
        return
    require_move(MOVES, document.state, DocumentState.READY)
    name = f"{document.kind.replace('_', '-')}-{document.id}.pdf"
    stored = files.store(pdf, name=name, media_type=MEDIA_TYPE)
    document.file, document.sha256 = stored, hashlib.sha256(pdf).hexdigest()
    document.state, document.error = DocumentState.READY, None


def note_failure(document: Document, error: str) -> None:
    """Remember why it could not be printed; printing again would fail the same way."""
    if not document.is_ready:
        document.state, document.error = DocumentState.FAILED, error


def require_file(document: Document) -> files.StoredFile:
    """The stored file of a ready paper.

    Raises:
        Refused: if it is not ready.

    """
    if document.file is None:
        raise Refused(_("This paper is still being prepared. Try again in a moment."))
    return document.file


def is_genuine(document: Document, pdf: bytes) -> bool:
    """Whether these bytes are exactly the paper that was issued."""
    return document.sha256 == hashlib.sha256(pdf).hexdigest()
