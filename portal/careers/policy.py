"""Who may do what in careers: rules about one row, without a query."""

from __future__ import annotations

from portal.careers.models import CareerClaim, LadderVersion, RequirementSet
from portal.careers.states import ClaimState
from portal.core.access import Viewer
from portal.people import policy as people
from portal.people.models import Person, Role


def keep_ladder(viewer: Viewer) -> bool:
    """HR keeps the ladder and what roles ask for."""
    return viewer.has_role("hr")


def see_ladder_version(viewer: Viewer, version: LadderVersion) -> bool:  # noqa: ARG001 - any
    """Read an earlier or a coming ladder: HR."""
    return keep_ladder(viewer)


def keep_requirements(viewer: Viewer, role: Role) -> bool:  # noqa: ARG001 - any role
    """Say what a role asks for beside its competencies: HR."""
    return keep_ladder(viewer)


def see_requirement_set(viewer: Viewer, row: RequirementSet) -> bool:  # noqa: ARG001 - any
    """Read an earlier or a coming version: HR."""
    return keep_ladder(viewer)


def see_ladder(viewer: Viewer) -> bool:
    """Paths are open to everyone who works here."""
    return viewer.is_authenticated


def answers_for(viewer: Viewer, person: Person) -> bool:
    """HR, the person's manager, whoever leads their team or one above it; never the person."""
    if viewer.person_id == person.id:
        return False
    return viewer.has_role("hr") or people.answers_for(viewer, person)


def see_path(viewer: Viewer, person: Person) -> bool:
    """How far somebody is: they themself, and those who answer for them."""
    return viewer.person_id == person.id or answers_for(viewer, person)


take_step = add_claim = see_path


def see_people(viewer: Viewer) -> bool:
    """Whether there may be anybody to look at: HR, managers and leads."""
    return viewer.has_role("hr", "manager") or bool(getattr(viewer, "led_paths", ()))


def read_claim(viewer: Viewer, claim: CareerClaim) -> bool:
    """The file that shows it: the person and those who answer for them."""
    return see_path(viewer, claim.person)


def decide_claim(viewer: Viewer, claim: CareerClaim) -> bool:
    """Confirm it or not: those who answer for the person, but not who wrote it down."""
    waits = claim.state is ClaimState.WAITING
    return waits and viewer.id != claim.created_by_id and answers_for(viewer, claim.person)
