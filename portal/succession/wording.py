"""How key positions are called."""

from __future__ import annotations

from flask_babel import gettext as _

from portal.core.i18n import words
from portal.people.models import Position


def seat_place(seat: Position) -> str:
    """The team of a position, with its site where the team's name does not say it."""
    team, site = words(seat.team.name), words(seat.team.site.name)
    if team == site:
        return team
    return _("%(team)s (%(site)s)", team=team, site=site)


def seat_name(seat: Position) -> str:
    """Role and team of a position."""
    return _("%(role)s, %(team)s", role=words(seat.role.title), team=seat_place(seat))
