"""What people write, when it is due, and who may be asked as a peer."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased, contains_eager, joinedload, selectinload

from portal.accounts.models import Account
from portal.core import clock
from portal.goals import queries as goals
from portal.meetings.models import Meeting, MeetingAction, MeetingSeries
from portal.people.models import Employment, Person
from portal.people.queries import working_people
from portal.people.queries.employments import covering
from portal.reviews.models import Review, ReviewCycle, ReviewPart
from portal.reviews.queries.reviews import visible_to
from portal.reviews.states import CycleState, PartKind, PartState, ReviewState

_Named = aliased(ReviewPart)


def due_day() -> sa.ColumnElement[Any]:
    """The last day of a part: managers have longer, to read the others first."""
    return sa.case(
        (ReviewPart.kind == PartKind.MANAGER, ReviewCycle.manager_due_on),
        else_=ReviewCycle.parts_due_on,
    )


def open_parts() -> sa.Select[Any]:
    """Parts that are being written, in reviews that still take them."""
    return (
        sa.select(ReviewPart)
        .join(ReviewPart.review)
        .join(Review.cycle)
        .where(
            ReviewPart.state == PartState.OPEN,
            Review.state == ReviewState.WRITING,
            ReviewCycle.state == CycleState.RUNNING,
        )
    )


def open_parts_of(person_id: int) -> sa.Select[Any]:
    """What somebody has to write, with person and cycle."""
    review = contains_eager(ReviewPart.review)
    return (
        open_parts()
        .where(ReviewPart.author_id == person_id)
        .options(
            review.contains_eager(Review.cycle), review.joinedload(Review.person, innerjoin=True)
        )
    )


def parts_of_author(person_id: int) -> sa.Select[Any]:
    """What a person has to write or has handed in, in running cycles; what is due next first."""
    return (
        sa.select(ReviewPart)
        .join(ReviewPart.review)
        .join(Review.cycle)
        .join(Person, Person.id == Review.person_id)
        .where(
            ReviewPart.author_id == person_id,
            ReviewPart.state.in_((PartState.OPEN, PartState.SUBMITTED)),
            ReviewCycle.state == CycleState.RUNNING,
            Review.state != ReviewState.CANCELLED,
        )
        .options(
            contains_eager(ReviewPart.review).contains_eager(Review.cycle),
            contains_eager(ReviewPart.review).contains_eager(Review.person),
        )
        .order_by(ReviewPart.submitted_at.is_not(None), due_day(), Person.by_name(), ReviewPart.id)
    )


def part_in_full(part_id: int) -> sa.Select[Any]:
    """A part with its ratings, the review, its cycle and template, and the person."""
    review = joinedload(ReviewPart.review, innerjoin=True)
    cycle = review.joinedload(Review.cycle, innerjoin=True)
    return (
        sa.select(ReviewPart)
        .where(ReviewPart.id == part_id)
        .options(
            cycle.joinedload(ReviewCycle.template, innerjoin=True),
            review.joinedload(Review.person, innerjoin=True).selectinload(Person.employments),
            review.joinedload(Review.role, innerjoin=True),
            review.joinedload(Review.team, innerjoin=True),
            review.joinedload(Review.manager),
            joinedload(ReviewPart.author, innerjoin=True),
            selectinload(ReviewPart.ratings),
        )
        .execution_options(populate_existing=True)
    )


def goals_of_review(review: Review) -> sa.Select[Any]:
    """The agreed goals of the person that touch the period, with what shows their progress."""
    cycle = review.cycle
    return goals.goals_in([review.person_id], cycle.starts_on, cycle.ends_on)


def commitments_of(review: Review, other_id: int) -> sa.Select[Any]:
    """What the person and somebody promised each other in their 1:1s, due in the period."""
    pair = {review.person_id, other_id}
    return (
        sa.select(MeetingAction)
        .join(MeetingAction.meeting)
        .join(Meeting.series)
        .where(
            MeetingSeries.host_id.in_(pair),
            MeetingSeries.guest_id.in_(pair),
            MeetingAction.due_on.between(review.cycle.starts_on, review.cycle.ends_on),
        )
        .options(joinedload(MeetingAction.owner, innerjoin=True))
        .order_by(MeetingAction.due_on, MeetingAction.id)
    )


def peers_of(review_id: int) -> sa.Select[Any]:
    """The peers of a review by name, proposed, agreed to or not."""
    return (
        sa.select(ReviewPart)
        .join(Person, Person.id == ReviewPart.author_id)
        .where(ReviewPart.review_id == review_id, ReviewPart.kind == PartKind.PEER)
        .options(contains_eager(ReviewPart.author), joinedload(ReviewPart.named_by))
        .order_by(Person.by_name(), ReviewPart.id)
    )


def peers_to_decide(viewer: Account) -> sa.Select[Any]:
    """Proposed peers that wait for the viewer's word: of the people they answer for, or all."""
    return (
        sa.select(ReviewPart)
        .join(ReviewPart.review)
        .join(Review.cycle)
        .where(
            ReviewPart.kind == PartKind.PEER,
            ReviewPart.state == PartState.NAMED,
            ReviewPart.author_id != viewer.person_id,
            # Said twice, lest a planner begin with all reviews: few have a proposed peer.
            Review.id.in_(sa.select(_Named.review_id).where(_Named.state == PartState.NAMED)),
            Review.state == ReviewState.WRITING,
            ReviewCycle.state == CycleState.RUNNING,
            visible_to(viewer),
        )
        .options(
            contains_eager(ReviewPart.review).joinedload(Review.person, innerjoin=True),
            joinedload(ReviewPart.author, innerjoin=True),
        )
    )


def people_to_name(matches: sa.ColumnElement[bool]) -> sa.Select[*tuple[Any, ...]]:
    """Those who work here today and match, each with the present employment."""
    found = working_people().with_only_columns(Person, Employment)
    return (
        found.where(matches, covering(clock.today()))
        .options(
            joinedload(Employment.role, innerjoin=True),
            joinedload(Employment.team, innerjoin=True),
        )
        .limit(20)
    )
