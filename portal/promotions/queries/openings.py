"""Postings that are open, and people inside who would like to move."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from portal.accounts.models import Account
from portal.careers.queries import everybody_at_work
from portal.core import clock
from portal.hiring.models import Application, Posting, Requisition
from portal.hiring.states import PostingState
from portal.people.models import Employment, Person, Site
from portal.people.queries import answered_for_by
from portal.promotions.models import MoveWish


def wish_of(person_id: int) -> sa.Select[MoveWish]:
    """What a person said about moving: one row or none."""
    return sa.select(MoveWish).where(MoveWish.person_id == person_id)


def open_postings(person_id: int) -> sa.Select[*tuple[Any, ...]]:
    """Postings that may be open today, with the id of the person's own application to each.

    ``Posting.is_open`` decides: first and last day count at the posting's site.
    """
    day, today = timedelta(days=1), clock.today()
    own = sa.select(Application.id).where(
        Application.posting_id == Posting.id, Application.person_id == person_id
    )
    requisition = contains_eager(Posting.requisition)
    return (
        sa.select(Posting, own.correlate(Posting).scalar_subquery().label("applied"))
        .join(Posting.requisition)
        .where(
            Posting.state == PostingState.OPEN,
            sa.or_(Posting.opens_on.is_(None), Posting.opens_on <= today + day),
            sa.or_(Posting.closes_on.is_(None), Posting.closes_on >= today - day),
        )
        .options(
            requisition.joinedload(Requisition.role, innerjoin=True),
            requisition.joinedload(Requisition.site, innerjoin=True),
            requisition.joinedload(Requisition.team, innerjoin=True),
        )
        .order_by(Posting.id.desc())
    )


def people_inside(viewer: Account, posting: Posting, day: date) -> sa.Select[*tuple[Any, ...]]:
    """Who is open to moves and holds another post than the posting's, as rows of candidates.

    The present manager of somebody must not learn of the wish here, so a hiring manager does not
    see those they answer for. ``roles`` and ``sites`` are what the person would like.
    """
    asked = posting.requisition
    found = (
        everybody_at_work(day)
        .add_columns(
            Site.name.label("site"),
            MoveWish.role_ids.label("roles"),
            MoveWish.site_ids.label("sites"),
        )
        .join(MoveWish, MoveWish.person_id == Person.id)
        .where(
            MoveWish.is_open,
            Person.id != viewer.person_id,
            sa.or_(Employment.role_id != asked.role_id, Employment.site_id != asked.site_id),
        )
    )
    return found if viewer.has_role("hr") else found.where(~answered_for_by(viewer))
