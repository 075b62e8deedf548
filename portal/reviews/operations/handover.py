"""Reviews that follow their people: another manager, a team with another lead, somebody leaves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from portal.accounts.models import Account
from portal.core import audit, clock
from portal.core.db import db
from portal.people.models import Employment, Person, Team
from portal.people.queries.employments import covering
from portal.reviews import notices, queries
from portal.reviews.models import Review, ReviewPart
from portal.reviews.operations.launch import Managers
from portal.reviews.states import PartKind, PartState, ReviewEnd, ReviewsFact, ReviewState

DAY = timedelta(days=1)
STILL = (PartState.NAMED, PartState.OPEN)


def change_manager(review: Review, manager_id: int | None, *, by: Account | None) -> None:
    """Let somebody else answer for a review and write what the old manager has not handed in.

    A part that was handed in stays with the name of who wrote it, and counts. The draft of the
    old manager stays theirs. Without a manager HR sees to it.
    """
    if manager_id == review.person_id:
        manager_id = None
    if manager_id == review.manager_id:
        return
    review.manager_id = manager_id
    review.manager = db.session.get(Person, manager_id) if manager_id is not None else None
    audit.record(ReviewsFact.REVIEW_HANDED_OVER, review, by=by)
    if review.state is ReviewState.WRITING:
        _move_part(review)
    db.session.flush()
    notices.handed_over(review)


def _move_part(review: Review) -> None:
    """The open part of the manager goes to the new one; who is a peer as well writes only once."""
    parts = list(db.session.scalars(sa.select(ReviewPart).filter_by(review_id=review.id)))
    managers = [part for part in parts if part.kind is PartKind.MANAGER]
    if any(part.state is PartState.SUBMITTED for part in managers):
        return
    for part in managers:
        if part.state is PartState.OPEN and part.author_id != review.manager_id:
            part.state = PartState.UNUSED
    if review.manager_id is None or not review.cycle.weight(PartKind.MANAGER):
        return
    own = next((part for part in managers if part.author_id == review.manager_id), None)
    if own is not None:
        own.state = PartState.OPEN
    else:
        db.session.add(
            ReviewPart(
                review=review,
                kind=PartKind.MANAGER,
                author_id=review.manager_id,
                state=PartState.OPEN,
                created_at=clock.now(),
            )
        )
    for part in parts:
        nameless = part.kind in {PartKind.PEER, PartKind.UPWARD}
        if nameless and part.author_id == review.manager_id:
            _set_aside(part)


def _set_aside(part: ReviewPart) -> None:
    """Leave a part out, handed in or not: its author now has another place in the review."""
    if part.state in {*STILL, PartState.SUBMITTED}:
        part.state, part.submitted_at, part.score = PartState.UNUSED, None, None


def follow_employment(employment: Employment, *, by: Account | None) -> None:
    """Let the reviews of a person, and of those who report to them, follow a new employment."""
    if employment.starts_on > clock.today(employment.site.time_zone):
        return
    _follow([employment.person_id], by=by)


def follow_lead(team: Team, before: int | None, *, by: Account | None) -> None:
    """Give the reviews of a team to its new lead where the old one, or nobody, had them."""
    present = aliased(Employment)
    reviews = (
        queries.running_reviews()
        .join(
            present,
            sa.and_(present.person_id == Review.person_id, covering(clock.today(), present)),
        )
        .where(present.team_id == team.id, Review.manager_id.is_not_distinct_from(before))
    )
    for review in db.session.scalars(reviews).all():
        change_manager(review, team.lead_id, by=by)


def _follow(person_ids: Sequence[int], *, by: Account | None) -> None:
    concerned = sa.or_(Review.person_id.in_(person_ids), Review.manager_id.in_(person_ids))
    _follow_where(concerned, by=by)


def _follow_where(concerned: sa.ColumnElement[bool], *, by: Account | None) -> None:
    reviews = db.session.scalars(queries.running_reviews().where(concerned)).all()
    if not reviews:
        return
    db.session.flush()
    managers = Managers()
    for review in reviews:
        change_manager(review, managers.of(review.person_id), by=by)


def leave(person_ids: Sequence[int], *, by: Account | None) -> None:
    """Take people who left out of reviews: their own end, and what they had to write is unused."""
    own = queries.running_reviews().where(Review.person_id.in_(person_ids))
    for review in db.session.scalars(own).all():
        review.state, review.ending = ReviewState.CANCELLED, ReviewEnd.LEFT
        audit.record(ReviewsFact.REVIEW_CANCELLED, review, by=by)
    theirs = sa.select(ReviewPart).where(
        ReviewPart.author_id.in_(person_ids),
        ReviewPart.state.in_(STILL),
        ReviewPart.kind != PartKind.MANAGER,
    )
    for part in db.session.scalars(theirs).all():
        part.state = PartState.UNUSED
    _follow_where(Review.manager_id.in_(person_ids), by=by)


def follow_people() -> None:
    """Catch up with what the calendar brought: people who left, or work elsewhere since today."""
    if gone := _gone():
        leave(gone, by=None)
    present = aliased(Employment)
    began = queries.running_reviews().join(
        present,
        sa.and_(
            present.person_id == Review.person_id,
            covering(clock.today(), present),
            present.starts_on >= clock.today() - 2 * DAY,
        ),
    )
    moved = list(db.session.scalars(began.with_only_columns(Review.person_id)))
    if moved:
        _follow(moved, by=None)


def _gone() -> list[int]:
    """Who has a part in a running review and no longer works here, anywhere on earth."""
    running = queries.running_reviews().order_by(None)
    keys = running.with_only_columns(Review.id)
    part = sa.union(
        running.with_only_columns(Review.person_id.label("person_id")),
        running.with_only_columns(Review.manager_id.label("person_id")),
        sa.select(ReviewPart.author_id.label("person_id")).where(
            ReviewPart.state.in_(STILL), ReviewPart.review_id.in_(keys)
        ),
    ).subquery()
    yesterday = clock.today() - DAY
    stays = aliased(Employment)
    left = sa.exists().where(
        Employment.person_id == part.c.person_id, Employment.ends_on < yesterday
    )
    stay = sa.exists().where(
        stays.person_id == part.c.person_id,
        sa.or_(stays.ends_on.is_(None), stays.ends_on >= yesterday),
    )
    return list(db.session.scalars(sa.select(part.c.person_id).where(left, ~stay)))
