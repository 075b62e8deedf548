"""Who may change the library, and who may read what people have shown."""

from __future__ import annotations

from portal.accounts.models import Account
from portal.competencies.models import Competency, CompetencyVersion
from portal.people import policy as people
from portal.people.models import Person, Role


def see_library(viewer: Account) -> bool:
    """What competencies mean: everyone who works here, since all are measured by them."""
    return viewer.is_authenticated


def see_competency(viewer: Account, competency: Competency) -> bool:  # noqa: ARG001 - any
    """Read what a competency means."""
    return see_library(viewer)


def see_version(viewer: Account, version: CompetencyVersion) -> bool:  # noqa: ARG001 - any
    """Read an earlier wording."""
    return see_library(viewer)


def add_competency(viewer: Account) -> bool:
    """Add to the library: HR."""
    return viewer.has_role("hr")


def publish_version(viewer: Account, competency: Competency) -> bool:  # noqa: ARG001 - any
    """Word a competency anew: HR."""
    return viewer.has_role("hr")


def set_requirements(viewer: Account, role: Role) -> bool:  # noqa: ARG001 - any role
    """Say what a role asks for: HR."""
    return viewer.has_role("hr")


def see_levels(viewer: Account, person: Person) -> bool:
    """The levels a person has shown: whoever may see the person."""
    return people.see_person(viewer, person)


def see_evidence(viewer: Account, person: Person) -> bool:
    """The rows behind the levels: the person, their leads and HR."""
    if viewer.person_id == person.id or viewer.has_role("hr"):
        return True
    return people.lead_of(viewer, person)
