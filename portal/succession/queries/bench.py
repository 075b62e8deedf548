"""Key positions with holders and successors, for the pages and for what is worked out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from portal.accounts.models import Account
from portal.accounts.queries import holding
from portal.accounts.states import AccountState
from portal.core.db import db
from portal.people.models import Employment, Person, Position, Team
from portal.people.queries import within
from portal.people.queries.employments import covering
from portal.succession import policy
from portal.succession.coverage import Post
from portal.succession.models import KeyPosition, Nomination, ReadinessLevel
from portal.succession.states import NominationState, PositionState

OPEN = (NominationState.PROPOSED, NominationState.APPROVED)


def visible_to(viewer: Account) -> sa.ColumnElement[bool]:
    """Key positions the viewer plans for; ``Position`` and ``Team`` are joined."""
    if policy.plans_all(viewer):
        return sa.true()
    if not viewer.has_role("planner"):
        return sa.false()
    return sa.or_(sa.false(), *(within(Team.path, path) for path in viewer.led_paths))


def key_positions(viewer: Account) -> sa.Select[KeyPosition]:
    """What the viewer plans for, with role, team and site, in the order of the team tree."""
    return (
        sa.select(KeyPosition)
        .join(Position, Position.id == KeyPosition.position_id)
        .join(Team, Team.id == Position.team_id)
        .where(KeyPosition.state == PositionState.ACTIVE, visible_to(viewer))
        .options(
            joinedload(KeyPosition.position, innerjoin=True).options(
                joinedload(Position.role, innerjoin=True),
                joinedload(Position.team, innerjoin=True).joinedload(Team.site, innerjoin=True),
            )
        )
        .order_by(Team.path, KeyPosition.id)
    )


def with_plans(found: sa.Select[KeyPosition]) -> sa.Select[KeyPosition]:
    """The same, with assessments and nominations."""
    return found.options(
        selectinload(KeyPosition.assessments),
        selectinload(KeyPosition.nominations).options(
            joinedload(Nomination.nominee, innerjoin=True),
            joinedload(Nomination.level),
            selectinload(Nomination.actions),
        ),
    )


def holders_of(position_ids: Iterable[int], day: date) -> sa.Select[Employment]:
    """Who holds these seats on a day, with their people."""
    return (
        sa.select(Employment)
        .where(Employment.position_id.in_(list(position_ids)), covering(day))
        .options(joinedload(Employment.person, innerjoin=True))
        .order_by(Employment.starts_on.desc())
    )


def successors(key_position_ids: Iterable[int], day: date) -> sa.Select[*tuple[Any, ...]]:
    """Approved nominations of people who work here on the day, the first in rank first."""
    row = Nomination
    return (
        sa.select(
            row.key_position_id, row.nominee_id, row.is_emergency, row.level_id,
            sa.func.coalesce(ReadinessLevel.is_ready, sa.false()).label("is_ready"),
        )
        .outerjoin(ReadinessLevel, ReadinessLevel.id == row.level_id)
        .join(Person, Person.id == row.nominee_id)
        .where(
            row.key_position_id.in_(list(key_position_ids)),
            row.state == NominationState.APPROVED,
            sa.exists().where(Employment.person_id == row.nominee_id, covering(day)),
        )
        .order_by(row.key_position_id, row.rank, row.id)
    )  # fmt: skip


def posts_of(viewer: Account, day: date) -> list[Post]:
    """The positions the viewer plans for as plain facts: three statements, however many.

    Of the viewer's own nominations nothing is in them.
    """
    found = sa.select(KeyPosition.id, KeyPosition.position_id).join(
        Position, Position.id == KeyPosition.position_id
    ).join(Team, Team.id == Position.team_id)  # fmt: skip
    found = found.where(KeyPosition.state == PositionState.ACTIVE, visible_to(viewer))
    seats: dict[int, int] = {row[1]: row[0] for row in db.session.execute(found)}
    holds = {
        seats[row.position_id]: row.person_id
        for row in db.session.execute(
            sa.select(Employment.position_id, Employment.person_id)
            .where(Employment.position_id.in_(list(seats)), covering(day))
            .order_by(Employment.id)
        )
    }
    ready: dict[int, list[int]] = {}
    named: dict[int, list[int]] = {}
    emergency: dict[int, list[int]] = {}
    for row in db.session.execute(successors(seats.values(), day)):
        key, person = row.key_position_id, row.nominee_id
        if person in {viewer.person_id, holds.get(key)}:
            continue
        if row.level_id is not None:
            named.setdefault(key, []).append(person)
        if row.is_ready:
            ready.setdefault(key, []).append(person)
        if row.is_emergency:
            emergency.setdefault(key, []).append(person)
    return [
        Post(
            key, holds.get(key), tuple(ready.get(key, ())), tuple(named.get(key, ())),
            tuple(emergency.get(key, ())),
        )
        for key in sorted(seats.values())
    ]  # fmt: skip


def open_nominations_of(person_id: int) -> sa.Select[Nomination]:
    """Where somebody is named, with the positions."""
    return (
        sa.select(Nomination)
        .where(Nomination.nominee_id == person_id, Nomination.state.in_(OPEN))
        .options(joinedload(Nomination.key_position, innerjoin=True))
        .order_by(Nomination.id)
    )


def plan_of(position_id: int) -> sa.Select[KeyPosition]:
    """The plan of a seat, kept or ended."""
    return sa.select(KeyPosition).where(KeyPosition.position_id == position_id)


def taken_over(day: date) -> sa.Select[Nomination]:
    """Open nominations of people who hold the position on the day."""
    return (
        sa.select(Nomination)
        .join(KeyPosition, KeyPosition.id == Nomination.key_position_id)
        .join(Employment, Employment.position_id == KeyPosition.position_id)
        .where(
            Nomination.state.in_(OPEN), Employment.person_id == Nomination.nominee_id, covering(day)
        )
        .options(joinedload(Nomination.key_position, innerjoin=True))
    )


def approvers() -> sa.Select[Account]:
    """Active accounts of HR and directors."""
    return sa.select(Account).where(
        Account.state == AccountState.ACTIVE, sa.or_(holding("hr"), holding("executive"))
    )


def levels() -> sa.Select[ReadinessLevel]:
    """The scale in use, readiest first."""
    return (
        sa.select(ReadinessLevel)
        .where(ReadinessLevel.is_retired.is_(False))
        .order_by(ReadinessLevel.order, ReadinessLevel.id)
    )
