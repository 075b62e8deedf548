"""Seats of the organisation and who holds them."""

from __future__ import annotations

from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit
from portal.core.db import db
from portal.core.errors import Refused
from portal.people import queries
from portal.people.models import Employment, Position, Role, Team
from portal.people.states import PeopleFact


def add_position(*, code: str, role: Role, team: Team, by: Account | None) -> Position:
    """Add a seat to a team.

    Raises:
        Refused: if another seat has this code.
    """
    code = code.strip()
    if db.session.scalar(queries.position_with_code(code)) is not None:
        raise Refused(_("Another position has this code."), "code")
    position = Position(code=code, role_id=role.id, team_id=team.id)
    db.session.add(position)
    audit.record(PeopleFact.POSITION_ADDED, position, by=by)
    return position


def take_seat(employment: Employment, position: Position | None, *, by: Account | None) -> None:
    """Let an employment hold a seat, or none.

    Raises:
        Refused: if somebody else holds it over the same days.
    """
    if position is not None:
        holder = db.session.scalar(queries.seat_taken(position.id, employment))
        if holder is not None:
            raise Refused(
                _("%(who)s holds this position.", who=holder.person.display_name), "position"
            )
    employment.position_id = position.id if position else None
    audit.record(PeopleFact.SEAT_TAKEN, employment, by=by)
