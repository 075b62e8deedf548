"""How key positions are called."""

from __future__ import annotations

from flask_babel import gettext as _

from portal.core.i18n import words
from portal.people.models import Position, Team


def team_name(team: Team) -> str:
    """A team, with its site where the team's name does not say it."""
    name, site = words(team.name), words(team.site.name)
    if name == site:
        return name
    return _("%(team)s (%(site)s)", team=name, site=site)


def seat_place(seat: Position) -> str:
    """The team of a position, with its site."""
    return team_name(seat.team)


def seat_name(seat: Position) -> str:
    """Role and team of a position."""
    return _("%(role)s, %(team)s", role=words(seat.role.title), team=seat_place(seat))
