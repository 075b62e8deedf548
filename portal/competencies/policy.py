"""Who may change the library, and who may read what people have shown."""

from __future__ import annotations

from portal.accounts.models import Account
from portal.accounts.states import AccountRole
from portal.people import policy as people
from portal.people.models import Person


def see_library(viewer: Account) -> bool:
    """What competencies mean: everyone who works here, since all are measured by them."""
    return viewer.is_authenticated


def publish_version(viewer: Account) -> bool:
    """Word competencies and set what roles ask for: HR."""
    return viewer.has_role(AccountRole.HR)


set_requirement = publish_version


def see_levels(viewer: Account, person: Person) -> bool:
    """The levels a person has shown: whoever may see the person."""
    return people.see_person(viewer, person)


def see_evidence(viewer: Account, person: Person) -> bool:
    """The rows behind the levels: the person, their leads and HR."""
    if viewer.person_id == person.id or viewer.has_role(AccountRole.HR):
        return True
    return people.lead_of(viewer, person)
