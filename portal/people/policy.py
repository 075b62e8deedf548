"""Who may see and change people and the organisation."""

from __future__ import annotations

from portal.accounts.models import Account
from portal.core import clock
from portal.core.access import Viewer
from portal.people.models import Employment, PayBand, Person, Role, Site, Team


def see_people(viewer: Account) -> bool:
    """The directory: HR, directors and whoever leads a team."""
    return viewer.has_role("hr", "executive") or bool(viewer.led_paths)


def see_person(viewer: Account, person: Person) -> bool:
    """A record: the person, their leads, HR and directors; of people never employed only HR."""
    if viewer.person_id == person.id or viewer.has_role("hr"):
        return True
    if not person.employments:
        return False
    return viewer.has_role("executive") or lead_of(viewer, person)


def lead_of(viewer: Account, person: Person) -> bool:
    """Whether the viewer leads the person's present team, or one above it."""
    if not viewer.led_paths or viewer.person_id == person.id:
        return False
    present = person.employment_on(clock.today())
    return present is not None and viewer.leads(present.team.path)


def answers_for(viewer: Viewer, person: Person) -> bool:
    """The person's present manager, or whoever leads their team or one above it; never oneself."""
    if viewer.person_id == person.id:
        return False
    present = person.employment_on(clock.today())
    if present is None:
        return False
    return viewer.person_id == present.manager_id or viewer.leads(present.team.path)


def add_person(viewer: Account) -> bool:
    """Add somebody who was not hired through the portal: HR."""
    return viewer.has_role("hr")


def change_person(viewer: Account, person: Person) -> bool:  # noqa: ARG001 - any person
    """Correct a record: HR."""
    return viewer.has_role("hr")


def start_employment(viewer: Account, person: Person) -> bool:  # noqa: ARG001 - any person
    """Employ a person: HR."""
    return viewer.has_role("hr")


def end_employment(viewer: Account, employment: Employment) -> bool:  # noqa: ARG001 - any
    """End an employment: HR."""
    return viewer.has_role("hr")


def set_up(viewer: Account) -> bool:
    """The organisation with its sites, teams and roles: HR and administrators."""
    return viewer.has_role("hr", "admin")


change_organisation = set_up


def change_site(viewer: Account, site: Site) -> bool:  # noqa: ARG001 - any site
    """Correct a place."""
    return set_up(viewer)


def change_team(viewer: Account, team: Team) -> bool:  # noqa: ARG001 - any team
    """Rename a team, move it, choose its lead."""
    return set_up(viewer)


move_team = set_team_lead = change_team


def see_role(viewer: Account, role: Role) -> bool:  # noqa: ARG001 - any role
    """Read a role's profile, pay and requirements."""
    return set_up(viewer)


def change_role(viewer: Account, role: Role) -> bool:  # noqa: ARG001 - any role
    """Change a role and what it pays: HR."""
    return viewer.has_role("hr")


set_pay_band = change_role


def change_pay_band(viewer: Account, band: PayBand) -> bool:
    """Correct or remove a pay band: HR."""
    return change_role(viewer, band.role)


def see_trail(viewer: Account) -> bool:
    """The audit trail: HR and administrators."""
    return viewer.has_role("hr", "admin")
