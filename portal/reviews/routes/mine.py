"""What one writes, and the reviews about oneself."""

from __future__ import annotations

from flask import render_template

from portal.accounts.viewer import viewer
from portal.core import clock
from portal.core.access import signed_in
from portal.core.db import db
from portal.reviews import policy, queries
from portal.reviews.routes import bp
from portal.reviews.states import CycleState, PartKind, PartState, ReviewState


@bp.get("/my/reviews")
@signed_in
def my_reviews() -> str:
    """Parts to write with their due days, parts handed in, and one's own reviews."""
    account = viewer()
    parts = db.session.scalars(queries.parts_of_author(account.person_id)).all()
    reviews = db.session.scalars(queries.own_reviews(account.person_id)).all()
    writing = [
        part
        for part in parts
        if part.state is PartState.OPEN and part.review.state is ReviewState.WRITING
    ]
    return render_template(
        "reviews/mine.html",
        writing=writing,
        written=[part for part in parts if part.state is PartState.SUBMITTED],
        reviews=reviews,
        running=[
            review
            for review in reviews
            if review.cycle.state is CycleState.RUNNING and policy.name_peers(account, review)
        ],
        kinds=PartKind,
        states=PartState,
        out=policy.OUT,
        today=clock.today(account.time_zone),
    )
