"""Work of reviews that runs beside the pages."""

from __future__ import annotations

from portal.core import jobs
from portal.reviews import notices, operations


@jobs.handler("reviews.tell_of_launch")
def tell_of_launch(review_ids: list[int]) -> None:
    """Tell people that their review has begun."""
    notices.launched(review_ids)


@jobs.periodic("reviews.look_after", cron="40 4 * * *")
def look_after() -> None:
    """First who is there and who answers for whom, so that the right people are reminded."""
    operations.follow_people()
    operations.remind_all()
