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
from portal.careers import queries as careers
from portal.core import search
from portal.people import queries as people
from portal.people.models import Employment, Person, Position, Team
from portal.people.operations import SEARCH_KIND
from portal.people.queries import answered_for_by, within
from portal.people.queries.employments import covering
from portal.succession import policy
from portal.succession.models import (
    KeyPosition,
    Nomination,
    PositionAssessment,
    ReadinessLevel,
    Scenario,
)
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
        selectinload(KeyPosition.assessments).joinedload(PositionAssessment.assessed_by),
        selectinload(KeyPosition.nominations).options(
            joinedload(Nomination.nominee, innerjoin=True),
            joinedload(Nomination.level),
            selectinload(Nomination.actions),
        ),
    )


def holders_of(position_ids: Iterable[int], day: date) -> sa.Select[Employment]:
    """Who holds these seats on a day, with their people."""
    return people.holders(day).where(Employment.position_id.in_(list(position_ids)))


def at_work(person_ids: Iterable[int], day: date) -> sa.Select[int]:
    """Which of these people are employed on a day."""
    return sa.select(Employment.person_id).where(
        Employment.person_id.in_(list(person_ids)), covering(day)
    )


def plan_of(position_id: int) -> sa.Select[KeyPosition]:
    """The plan of a seat, kept or ended."""
    return sa.select(KeyPosition).where(KeyPosition.position_id == position_id)


def could_be_named(
    viewer: Account, key_position: KeyPosition, day: date
) -> sa.Select[*tuple[Any, ...]]:
    """People at work who are not named for the position and do not hold it, as list rows.

    Planners see their own line; nobody finds themself.
    """
    named = sa.select(Nomination.nominee_id).where(
        Nomination.key_position_id == key_position.id, Nomination.state.in_(OPEN)
    )
    found = careers.everybody_at_work(day).where(
        Person.id != viewer.person_id,
        Person.id.not_in(named),
        sa.func.coalesce(Employment.position_id, 0) != key_position.position_id,
    )
    return found if policy.plans_all(viewer) else found.where(answered_for_by(viewer))


def may_leave(viewer: Account, day: date, name: str = "") -> sa.Select[Person]:
    """People at work with whom the viewer plans, by name; never the viewer."""
    found = (
        sa.select(Person)
        .where(
            sa.exists().where(Employment.person_id == Person.id, covering(day)),
            Person.id != viewer.person_id,
        )
        .order_by(Person.by_name(), Person.id)
    )
    if name:
        found = found.where(Person.id.in_(search.matches(SEARCH_KIND, name)))
    return found if policy.plans_all(viewer) else found.where(answered_for_by(viewer))


def scenarios(viewer: Account) -> sa.Select[Scenario]:
    """Kept what-ifs: one's own, or all for who plans for all; the newest first."""
    found = sa.select(Scenario).order_by(Scenario.id.desc())
    return found if policy.plans_all(viewer) else found.where(Scenario.saved_by_id == viewer.id)


def could_hold(seat: Position, day: date) -> sa.Select[Employment]:
    """Who works in the seat's team and role on a day and holds no other seat, by name."""
    return (
        sa.select(Employment)
        .join(Person, Person.id == Employment.person_id)
        .where(
            covering(day),
            sa.or_(
                Employment.position_id == seat.id,
                sa.and_(
                    Employment.team_id == seat.team_id,
                    Employment.role_id == seat.role_id,
                    Employment.position_id.is_(None),
                ),
            ),
        )
        .options(joinedload(Employment.person, innerjoin=True))
        .order_by(Person.by_name(), Person.id)
    )


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
