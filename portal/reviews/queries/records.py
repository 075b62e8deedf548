"""Signed editions: the newest of people, and the papers of a cycle."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from portal.accounts.models import Account
from portal.core.documents import Document
from portal.people.models import Person, Role, Team
from portal.people.queries import answered_for_by
from portal.reviews.models import Review, ReviewRecord
from portal.reviews.states import PAPER


def closed_results(people: Collection[int]) -> sa.Select[*tuple[Any, ...]]:
    """Person, review, closing moment and result of signed editions with a result, oldest first."""
    return (
        sa.select(
            Review.person_id, ReviewRecord.review_id, ReviewRecord.closed_at, ReviewRecord.rating
        )
        .join(Review, Review.id == ReviewRecord.review_id)
        .where(Review.person_id.in_(people), ReviewRecord.rating.is_not(None))
        .order_by(ReviewRecord.id)
    )


def readable_by(viewer: Account) -> sa.ColumnElement[bool]:
    """Reviews of others whose signed editions ``policy.see_record`` opens to the viewer."""
    others = Review.person_id != viewer.person_id
    if viewer.has_role("hr", "executive"):
        return others
    return sa.and_(others, answered_for_by(viewer, Review.person_id))


def papers_of(viewer: Account, cycle_id: int) -> sa.Select[*tuple[Any, ...]]:
    """The newest signed edition of each review in a cycle, with the paper that was printed."""
    later = aliased(ReviewRecord)
    newer = sa.exists().where(
        later.review_id == ReviewRecord.review_id, later.edition > ReviewRecord.edition
    )
    return (
        sa.select(
            ReviewRecord.id,
            ReviewRecord.review_id,
            ReviewRecord.edition,
            ReviewRecord.closed_at,
            Document.id.label("document_id"),
            Document.state.label("document_state"),
            Person.id.label("person_id"),
            Person.given_name,
            Person.family_name,
            Person.language,
            Role.title.label("role"),
            Team.name.label("team"),
            Team.path.label("team_path"),
        )
        .join(Review, Review.id == ReviewRecord.review_id)
        .join(Person, Person.id == Review.person_id)
        .join(Role, Role.id == Review.role_id)
        .join(Team, Team.id == Review.team_id)
        .outerjoin(
            Document,
            sa.and_(
                Document.kind == PAPER,
                Document.subject_type == ReviewRecord.__tablename__,
                Document.subject_id == ReviewRecord.id,
            ),
        )
        .where(Review.cycle_id == cycle_id, ~newer, readable_by(viewer))
    )


def printed(record_ids: Collection[int]) -> sa.Select[*tuple[Any, ...]]:
    """Paper and person of signed editions, in alphabetical order of the people."""
    return (
        sa.select(Document, Person)
        .join(ReviewRecord, ReviewRecord.id == Document.subject_id)
        .join(Review, Review.id == ReviewRecord.review_id)
        .join(Person, Person.id == Review.person_id)
        .where(
            Document.kind == PAPER,
            Document.subject_type == ReviewRecord.__tablename__,
            ReviewRecord.id.in_(record_ids),
        )
        .order_by(Person.by_name(), Person.id, Document.id)
    )
