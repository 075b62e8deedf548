"""Seats of the organisation, and who holds them on a day."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from portal.people.models import Employment, Position
from portal.people.queries.employments import covering


def position_with_code(code: str) -> sa.Select[Position]:
    """The seat of that code, if there is one."""
    return sa.select(Position).where(Position.code == code)


def holders(on: date) -> sa.Select[Employment]:
    """The employments that hold a seat on a day, with their people."""
    return (
        sa.select(Employment)
        .where(Employment.position_id.is_not(None), covering(on))
        .options(joinedload(Employment.person, innerjoin=True))
    )


def seat_taken(position_id: int, employment: Employment) -> sa.Select[Employment]:
    """Another employment that holds the seat on a day of this one."""
    starts = sa.true() if employment.ends_on is None else Employment.starts_on <= employment.ends_on
    ends = sa.or_(Employment.ends_on.is_(None), Employment.ends_on >= employment.starts_on)
    return (
        sa.select(Employment)
        .where(Employment.position_id == position_id, Employment.id != employment.id, starts, ends)
        .options(joinedload(Employment.person, innerjoin=True))
        .limit(1)
    )
