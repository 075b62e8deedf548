"""Papers of several people put together by a worker, as one ZIP or one file to print."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit, clock, files, i18n
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.files import StoredFile
from portal.core.i18n import words
from portal.core.jobs import enqueue
from portal.reviews import queries
from portal.reviews.models import Review, ReviewBatch, ReviewCycle, ReviewRecord
from portal.reviews.states import BatchKind, BatchState, ReviewsFact

JOB = "reviews.put_together"
MOST = 1000
"""Papers in one order."""


def order_papers(
    cycle: ReviewCycle, record_ids: Sequence[int], kind: BatchKind, *, by: Account
) -> ReviewBatch:
    """Have the papers of signed editions put together; each of them is noted in the trail.

    Raises:
        Refused: if there is none, or there are too many for one file.

    """
    if not record_ids:
        raise Refused(_("Nobody in this list has a signed review yet."))
    if len(record_ids) > MOST:
        raise Refused(_("Choose a team: these are more than %(most)s papers.", most=MOST))
    batch = ReviewBatch(
        cycle_id=cycle.id,
        kind=kind,
        state=BatchState.WAITING,
        record_ids=list(record_ids),
        ordered_at=clock.now(),
        ordered_by_id=by.id,
    )
    db.session.add(batch)
    db.session.flush()
    owners = (
        sa.select(ReviewRecord.id, Review.person_id)
        .join(Review, Review.id == ReviewRecord.review_id)
        .where(ReviewRecord.id.in_(record_ids))
        .order_by(ReviewRecord.id)
    )
    audit.record_many(
        ReviewsFact.PRINTED,
        (
            {"subject_type": ReviewRecord.__tablename__, "subject_id": record_id,
             "about_person_id": person_id}
            for record_id, person_id in db.session.execute(owners)
        ),
        by=by,
    )  # fmt: skip
    enqueue(JOB, key=f"{JOB}:{batch.id}", batch_id=batch.id)
    return batch


@dataclass(frozen=True)
class Order:
    """All it takes to make the file, apart from the database."""

    kind: BatchKind
    name: str
    papers: tuple[Printed, ...]


class Printed(NamedTuple):
    """One paper: its file, whose it is, and when it was issued."""

    file: StoredFile
    name: str
    issued_at: datetime


def order_of(batch: ReviewBatch) -> Order | None:
    """What to put together; ``None`` while papers are still being printed.

    What could not be printed is left out.
    """
    rows = db.session.execute(queries.printed(batch.record_ids)).all()
    batch.done = sum(document.is_ready for document, _person in rows)
    if any(document.is_waiting for document, _person in rows):
        return None
    papers = tuple(
        Printed(document.file, person.display_name, document.issued_at)
        for document, person in rows
        if document.file is not None
    )
    name = f"{words(batch.cycle.name, batch.ordered_by.language)} {i18n.iso(clock.today())}"
    return Order(batch.kind, name, papers)


def make_file(order: Order) -> bytes:
    """The bytes of the file."""
    return _box(order.papers) if order.kind is BatchKind.ZIP else _one_file(order.papers)


def keep_batch(batch: ReviewBatch, order: Order, made: bytes) -> None:
    """Store the file, unless another worker was faster; without a paper there is none."""
    if batch.state is not BatchState.WAITING:
        return
    if not order.papers:
        batch.state = BatchState.FAILED
        return
    ending, media_type = _TYPES[order.kind]
    batch.file = files.store(made, name=f"{order.name}.{ending}", media_type=media_type)
    batch.done, batch.state = len(order.papers), BatchState.READY


_TYPES = {
    BatchKind.ZIP: ("zip", "application/zip"),
    BatchKind.PRINT: ("pdf", "application/pdf"),
}


def _box(papers: Sequence[Printed]) -> bytes:
    out = io.BytesIO()
    # PDF is compressed already.
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for number, paper in enumerate(papers, start=1):
            name = f"{number:03} {paper.name}.pdf".replace("/", "-")
            info = zipfile.ZipInfo(name, paper.issued_at.timetuple()[:6])
            archive.writestr(info, files.read(paper.file))
    return out.getvalue()


def _one_file(papers: Sequence[Printed]) -> bytes:
    """All papers one after the other, each beginning on a front side."""
    import pikepdf

    out = io.BytesIO()
    with pikepdf.new() as whole:
        for paper in papers:
            with pikepdf.open(io.BytesIO(files.read(paper.file))) as one:
                whole.pages.extend(one.pages)
                if len(one.pages) % 2:
                    left, low, right, high = (float(edge) for edge in one.pages[0].mediabox)
                    whole.add_blank_page(page_size=(right - left, high - low))
        whole.save(out)
    return out.getvalue()
