"""What can be done with people and the organisation they work in."""

from __future__ import annotations

from portal.people.operations.employments import (
    end_employment,
    refresh_subtitle,
    start_employment,
)
from portal.people.operations.organisation import change_organisation
from portal.people.operations.persons import SEARCH_KIND, add_person, change_person
from portal.people.operations.positions import add_position, take_seat
from portal.people.operations.roles import add_role, change_role, remove_pay_band, set_pay_band
from portal.people.operations.sites import add_site, change_site
from portal.people.operations.starter import load_roles, starter_roles
from portal.people.operations.teams import add_team, change_team, move_team, set_team_lead

__all__ = [
    "SEARCH_KIND",
    "add_person",
    "add_position",
    "add_role",
    "add_site",
    "add_team",
    "change_organisation",
    "change_person",
    "change_role",
    "change_site",
    "change_team",
    "end_employment",
    "load_roles",
    "move_team",
    "refresh_subtitle",
    "remove_pay_band",
    "set_pay_band",
    "set_team_lead",
    "start_employment",
    "starter_roles",
    "take_seat",
]
