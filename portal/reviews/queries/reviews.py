"""Reviews of people: one's own, those one answers for, and how far their parts are."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload, selectinload

from portal.accounts.models import Account
from portal.people.models import Person, Role, Site, Team
from portal.people.queries import answered_for_by, everyone_answered_for
from portal.reviews.models import PartRating, Review, ReviewCycle, ReviewPart, ReviewSignature
from portal.reviews.states import CycleState, PartKind, PartState, ReviewState


def visible_to(viewer: Account, *, listed: bool = False) -> sa.ColumnElement[bool]:
    """Reviews of others that ``policy.see_review`` opens to the viewer; never their own.

    ``listed`` is quicker where nothing else narrows the rows, and slower where something does.
    """
    others = Review.person_id != viewer.person_id
    if viewer.has_role("hr"):
        return others
    writes = sa.and_(Review.manager_id == viewer.person_id, Review.state != ReviewState.SIGNED)
    led = (
        Review.person_id.in_(everyone_answered_for(viewer))
        if listed
        else answered_for_by(viewer, Review.person_id)
    )
    seen = [writes, led]
    if viewer.has_role("executive"):
        seen.append(Review.state == ReviewState.SIGNED)
    return sa.and_(others, sa.or_(*seen))


def reviews_found(viewer: Account) -> sa.Select[int]:
    """Which reviews stand on the team list, with person and cycle to narrow and order them by."""
    return (
        sa.select(Review.id)
        .join(Person, Person.id == Review.person_id)
        .join(ReviewCycle, ReviewCycle.id == Review.cycle_id)
        .where(visible_to(viewer, listed=True))
    )


def reviews_listed(
    review_ids: Collection[int] | sa.Select[int],
) -> sa.Select[*tuple[Any, ...]]:
    """The rows of the team list: review, names, cycle, manager, and the days of the calendar."""
    manager = aliased(Person, name="manager")
    return (
        sa.select(
            Review.id,
            Review.state,
            Review.manager_id,
            Review.person_id,
            Person.given_name,
            Person.family_name,
            Person.language,
            Role.title.label("role"),
            Team.name.label("team"),
            Site.name.label("site"),
            ReviewCycle.id.label("cycle_id"),
            ReviewCycle.name.label("cycle"),
            ReviewCycle.weights,
            ReviewCycle.parts_due_on,
            ReviewCycle.manager_due_on,
            manager.given_name.label("manager_given"),
            manager.family_name.label("manager_family"),
            manager.language.label("manager_language"),
        )
        .select_from(Review)
        .join(Person, Person.id == Review.person_id)
        .join(Role, Role.id == Review.role_id)
        .join(Team, Team.id == Review.team_id)
        .join(Site, Site.id == Team.site_id)
        .join(ReviewCycle, ReviewCycle.id == Review.cycle_id)
        .outerjoin(manager, manager.id == Review.manager_id)
        .where(Review.id.in_(review_ids))
    )


def handed_in(review_ids: Collection[int]) -> sa.Select[*tuple[Any, ...]]:
    """Of each review and kind: how many parts are asked for, and how many of them handed in."""
    asked = ReviewPart.state.in_((PartState.OPEN, PartState.SUBMITTED))
    return (
        sa.select(
            ReviewPart.review_id,
            ReviewPart.kind,
            sa.func.sum(sa.case((asked, 1), else_=0)).label("asked"),
            sa.func.count(ReviewPart.submitted_at).label("handed_in"),
            sa.func.sum(sa.case((ReviewPart.state == PartState.NAMED, 1), else_=0)).label("named"),
        )
        .where(ReviewPart.review_id.in_(review_ids))
        .group_by(ReviewPart.review_id, ReviewPart.kind)
    )


def own_reviews(person_id: int) -> sa.Select[Any]:
    """The reviews about a person that were not called off, the newest first."""
    return (
        sa.select(Review)
        .join(Review.cycle)
        .where(Review.person_id == person_id, Review.state != ReviewState.CANCELLED)
        .options(
            sa.orm.contains_eager(Review.cycle),
            joinedload(Review.manager),
            selectinload(Review.parts),
        )
        .order_by(ReviewCycle.starts_on.desc(), Review.id.desc())
    )


def running_reviews() -> sa.Select[Any]:
    """Reviews that are not signed, of cycles that run."""
    return (
        sa.select(Review)
        .join(Review.cycle)
        .where(
            ReviewCycle.state == CycleState.RUNNING,
            Review.state.in_((ReviewState.WRITING, ReviewState.CALIBRATION, ReviewState.RELEASED)),
        )
        .order_by(Review.id)
    )


def peers_missing() -> sa.Select[Any]:
    """Reviews being written that ask for peers and have fewer named than the cycle wants."""
    named = (
        sa.select(sa.func.count())
        .where(
            ReviewPart.review_id == Review.id,
            ReviewPart.kind == PartKind.PEER,
            ReviewPart.state.in_((PartState.NAMED, PartState.OPEN, PartState.SUBMITTED)),
        )
        .scalar_subquery()
    )
    asked = ReviewCycle.weights[str(PartKind.PEER)].as_integer() > 0
    return (
        running_reviews()
        .where(Review.state == ReviewState.WRITING, asked, named < ReviewCycle.peers_wanted)
        .options(sa.orm.contains_eager(Review.cycle))
    )


def reviews_to_sign(person_id: int) -> sa.Select[Any]:
    """Released reviews that wait for the signature of the person or of their manager."""
    signed = sa.exists().where(
        ReviewSignature.review_id == Review.id,
        ReviewSignature.edition == Review.edition,
        ReviewSignature.person_id == person_id,
    )
    return (
        sa.select(Review)
        .join(Review.cycle)
        .where(
            Review.state == ReviewState.RELEASED,
            sa.or_(Review.person_id == person_id, Review.manager_id == person_id),
            ~signed,
        )
        .options(sa.orm.contains_eager(Review.cycle), joinedload(Review.person, innerjoin=True))
    )


def reviews_without_manager() -> sa.Select[Any]:
    """Running reviews nobody answers for, so that HR sees to it."""
    return (
        running_reviews()
        .where(Review.manager_id.is_(None))
        .options(joinedload(Review.person, innerjoin=True))
    )


def review_in_full(review_id: int) -> sa.Select[Any]:
    """A review with cycle, template, people and all parts with their ratings."""
    parts = selectinload(Review.parts)
    return (
        sa.select(Review)
        .where(Review.id == review_id)
        .options(
            joinedload(Review.cycle, innerjoin=True).joinedload(
                ReviewCycle.template, innerjoin=True
            ),
            joinedload(Review.person, innerjoin=True).selectinload(Person.employments),
            joinedload(Review.manager),
            joinedload(Review.role, innerjoin=True),
            joinedload(Review.team, innerjoin=True),
            parts.joinedload(ReviewPart.author, innerjoin=True),
            parts.selectinload(ReviewPart.ratings).joinedload(PartRating.competency_version),
        )
    )
