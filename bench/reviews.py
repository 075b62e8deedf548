"""Reviews: beginning a cycle with everybody, its pages, and five hundred papers."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date, timedelta

import sqlalchemy as sa
from flask import Flask

from bench.clock import Figure
from bench.pages import Bench, Visit
from bench.papers import in_background
from portal.core import clock
from portal.core.db import db, session_writes
from portal.core.documents import Document, codec
from portal.core.fingerprints import fingerprint
from portal.reviews import operations, queries
from portal.reviews.documents import issue_review
from portal.reviews.models import PartRating, Review, ReviewPart, ReviewRecord, ReviewTemplate
from portal.reviews.packet import packet_of
from portal.reviews.states import PartState, ReviewState

PAPERS = {"S": 500, "M": 500, "L": 500}
LAUNCH, PAGE, COMPARED, SPEED = 30, 100, 500, 4
"""Seconds for all people, milliseconds a page, and papers a second of two processes."""


def measure_reviews(bench: Bench, size: str) -> Iterator[Figure]:
    """From the launch to the papers."""
    cycle_id, figure = _launch(bench.app)
    yield figure
    yield bench.page(Visit("team reviews: list of HR", "/reviews/team", "hr", PAGE))
    yield bench.page(Visit("team reviews: list of a manager", "/reviews/team", "manager", PAGE))
    number = _rate(bench.app, cycle_id, PAPERS.get(size, 20))
    path = f"/reviews/cycles/{cycle_id}/calibration"
    yield bench.page(Visit(f"comparison of {number:,} results", path, "hr", COMPARED))
    yield from in_background(
        bench.app, lambda: _order(bench.app, cycle_id), number, what="review papers", target=SPEED
    )


def _launch(app: Flask) -> tuple[int, Figure]:
    """A cycle over everybody who works here."""
    with app.app_context(), session_writes():
        operations.load_templates(by=None)
        template = db.session.scalars(sa.select(ReviewTemplate).order_by(ReviewTemplate.id)).first()
        assert template is not None
        cycle = operations.add_cycle(template, _terms(clock.today()), by=None)
        db.session.flush()
        began = time.perf_counter()
        people = operations.launch_cycle(cycle, by=None)
        db.session.commit()
        passed = time.perf_counter() - began
        figure = Figure(f"a cycle begins for {people:,} people", value=f"{passed:.1f} s",
                        target=f"{LAUNCH} s", reached=passed <= LAUNCH)  # fmt: skip
        return cycle.id, figure


def _terms(today: date) -> operations.Terms:
    days = [today + timedelta(days=7 * week) for week in range(6)]
    return operations.Terms(
        {"en": "Bench"}, today - timedelta(days=365), today, {},
        {"self": 20, "manager": 80}, 3, 3, *days,
    )  # fmt: skip


def _rate(app: Flask, cycle_id: int, most: int) -> int:
    """Hand in every part of the first so many reviews and give them a result."""
    with app.app_context(), session_writes():
        wanted = (
            sa.select(Review)
            .where(Review.cycle_id == cycle_id, Review.manager_id.is_not(None))
            .order_by(Review.id)
            .limit(most)
        )
        reviews = list(db.session.scalars(wanted.options(sa.orm.selectinload(Review.parts))))
        rows = [row for review in reviews for part in review.parts for row in _hand_in(part)]
        if rows:
            db.session.execute(sa.insert(PartRating), rows)
        for place, review in enumerate(reviews):
            review.score = review.rating = 2.0 + place % 7 / 2
            review.state, review.rated_at = ReviewState.CALIBRATION, clock.now()
        db.session.commit()
        return len(reviews)


def _hand_in(part: ReviewPart) -> Iterator[dict[str, object]]:
    part.state, part.submitted_at, part.score = PartState.SUBMITTED, clock.now(), 3.0
    part.answers = {
        row["key"]: "What was seen, and what came of it. " * 5
        for row in part.review.cycle.template.sections_of(part.kind)
        if row["kind"] == "text"
    }
    for one in part.review.competencies:
        yield {
            "part_id": part.id, "subject": f"c{one['competency_id']}", "level": 3, "goal_id": None,
            "competency_version_id": one["version_id"], "note": "Seen more than once this year.",
            "cannot_tell": False,
        }  # fmt: skip


def _order(app: Flask, cycle_id: int) -> int:
    """Issue the paper of each result; returns the id before the first."""
    with app.app_context(), session_writes():
        last = db.session.scalar(sa.select(sa.func.max(Document.id))) or 0
        rated = sa.select(Review.id).where(
            Review.cycle_id == cycle_id, Review.state == ReviewState.CALIBRATION
        )
        for review_id in list(db.session.scalars(rated)):
            review = db.session.scalars(queries.whole_review(review_id)).unique().one()
            packet = packet_of(review)
            content = codec.encode(packet)
            record = ReviewRecord(
                review=review, edition=1, rating=review.rating, content=content,
                content_hash=fingerprint(content), closed_at=clock.now(),
            )  # fmt: skip
            db.session.add(record)
            db.session.flush()
            issue_review(record, packet, by=None)
        db.session.commit()
        return int(last)
