"""The job that prints a paper."""

from __future__ import annotations

import logging
import traceback

from portal.core import jobs
from portal.core.db import db
from portal.core.documents import operations
from portal.core.documents.models import Document

log = logging.getLogger(__name__)


@jobs.handler(operations.JOB)
def render_document(document_id: int) -> None:
    """Print a document once; running again changes nothing.

    What can't be printed is marked as failed instead of tried again: the data is frozen, so the
    outcome would be the same. A store that does not answer raises, and the job runs again.
    """
    document = db.session.get_one(Document, document_id)
    if document.is_ready:
        return
    order = operations.order_of(document)
    db.session.rollback()  # on SQLite this transaction keeps all other writers waiting
    try:
        pdf = operations.print_order(order)
    except Exception:
        log.exception("document %s could not be printed", document_id)
        failed = db.session.get_one(Document, document_id, with_for_update=True)
        operations.note_failure(failed, traceback.format_exc(limit=-8))
        return
    locked = db.session.get_one(Document, document_id, with_for_update=True)
    operations.keep_file(locked, pdf)
