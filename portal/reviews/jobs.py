"""Work of reviews that runs beside the pages."""

from __future__ import annotations

from datetime import timedelta

from portal.core import clock, jobs
from portal.core.db import db
from portal.reviews import notices, operations
from portal.reviews.models import ReviewBatch
from portal.reviews.states import BatchState

SOON = timedelta(seconds=3)


@jobs.handler("reviews.tell_of_launch")
def tell_of_launch(review_ids: list[int]) -> None:
    """Tell people that their review has begun."""
    notices.launched(review_ids)


@jobs.handler(operations.JOB)
def put_together(batch_id: int) -> None:
    """Put ordered papers together once all of them are printed; until then look again."""
    batch = db.session.get_one(ReviewBatch, batch_id)
    if batch.state is not BatchState.WAITING:
        return
    order = operations.order_of(batch)
    if order is None:
        jobs.enqueue(operations.JOB, run_at=clock.now() + SOON, batch_id=batch_id)
        return
    for paper in order.papers:
        db.session.expunge(paper.file)
    db.session.rollback()  # on SQLite this transaction keeps all other writers waiting
    made = operations.make_file(order)
    operations.keep_batch(db.session.get_one(ReviewBatch, batch_id, with_for_update=True),
                          order, made)  # fmt: skip


@jobs.periodic("reviews.look_after", cron="40 4 * * *")
def look_after() -> None:
    """First who is there and who answers for whom, so that the right people are reminded."""
    operations.follow_people()
    operations.remind_all()
