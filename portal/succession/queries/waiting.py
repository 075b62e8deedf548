"""What waits for somebody: nominations to approve, and plans that fell apart."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from portal.accounts.models import Account
from portal.people.models import Employment, Position, Team
from portal.people.queries import within
from portal.people.queries.employments import covering
from portal.succession.models import KeyPosition, Nomination
from portal.succession.queries.bench import key_positions, visible_to
from portal.succession.states import NominationState, PositionState


def to_approve(viewer: Account) -> sa.Select[Nomination]:
    """Nominations that wait for a second person who may be the viewer, the oldest first."""
    return (
        _with_positions(sa.select(Nomination))
        .where(
            Nomination.state == NominationState.PROPOSED,
            Nomination.proposed_by_id != viewer.id,
            Nomination.nominee_id != viewer.person_id,
            visible_to(viewer),
        )
        .order_by(Nomination.proposed_at, Nomination.id)
    )


def empty_posts(viewer: Account, day: date) -> sa.Select[KeyPosition]:
    """Key positions of the viewer's own line that nobody holds on a day."""
    held = sa.exists().where(Employment.position_id == KeyPosition.position_id, covering(day))
    return key_positions(viewer).where(_own_line(viewer), ~held)


def lost_successors(viewer: Account, day: date) -> sa.Select[Nomination]:
    """Approved nominations in the viewer's own line of people who do not work here on a day."""
    there = sa.exists().where(Employment.person_id == Nomination.nominee_id, covering(day))
    return (
        _with_positions(sa.select(Nomination))
        .where(
            Nomination.state == NominationState.APPROVED,
            Nomination.nominee_id != viewer.person_id,
            visible_to(viewer),
            _own_line(viewer),
            ~there,
        )
        .order_by(Nomination.id)
    )


def _own_line(viewer: Account) -> sa.ColumnElement[bool]:
    return sa.or_(sa.false(), *(within(Team.path, path) for path in viewer.led_paths))


def _with_positions(found: sa.Select[Nomination]) -> sa.Select[Nomination]:
    return (
        found.join(KeyPosition, KeyPosition.id == Nomination.key_position_id)
        .join(Position, Position.id == KeyPosition.position_id)
        .join(Team, Team.id == Position.team_id)
        .where(KeyPosition.state == PositionState.ACTIVE)
        .options(
            joinedload(Nomination.nominee, innerjoin=True),
            joinedload(Nomination.key_position, innerjoin=True)
            .joinedload(KeyPosition.position, innerjoin=True)
            .options(
                joinedload(Position.role, innerjoin=True),
                joinedload(Position.team, innerjoin=True).joinedload(Team.site, innerjoin=True),
            ),
        )
    )
