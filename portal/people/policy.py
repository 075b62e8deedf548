"""Who may see and change people and the organisation."""

from __future__ import annotations

from portal.accounts.models import Account
from portal.accounts.states import AccountRole
from portal.core import clock
from portal.people.models import Person


def see_people(viewer: Account) -> bool:
    """The directory: HR, directors and whoever leads a team."""
    return viewer.has_role(AccountRole.HR, AccountRole.EXECUTIVE) or bool(viewer.led_paths)


def see_person(viewer: Account, person: Person) -> bool:
    """A record: the person, their leads, HR and directors; of people never employed only HR."""
    if viewer.person_id == person.id or viewer.has_role(AccountRole.HR):
        return True
    if not person.employments:
        return False
    return viewer.has_role(AccountRole.EXECUTIVE) or lead_of(viewer, person)


def lead_of(viewer: Account, person: Person) -> bool:
    """Whether the viewer leads the person's present team, or one above it."""
    if not viewer.led_paths or viewer.person_id == person.id:
        return False
    present = person.employment_on(clock.today())
    return present is not None and viewer.leads(present.team.path)


def change_person(viewer: Account, person: Person) -> bool:  # noqa: ARG001 - any person
    """Correct a record: HR."""
    return viewer.has_role(AccountRole.HR)


def employ(viewer: Account, person: Person) -> bool:  # noqa: ARG001 - any person
    """Start and end employments: HR."""
    return viewer.has_role(AccountRole.HR)


def set_up(viewer: Account) -> bool:
    """Organisation, sites, teams and roles: HR and administrators."""
    return viewer.has_role(AccountRole.HR, AccountRole.ADMIN)


def see_trail(viewer: Account) -> bool:
    """The audit trail: HR and administrators."""
    return viewer.has_role(AccountRole.HR, AccountRole.ADMIN)
