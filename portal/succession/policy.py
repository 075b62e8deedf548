"""Who plans succession, and for which positions: rules about one row, without a query.

Whoever is named, placed or assessed never sees that, whatever else they may see.
"""

from __future__ import annotations

from portal.core.access import Viewer
from portal.development import policy as development
from portal.people import policy as people
from portal.people.models import Person
from portal.succession.models import (
    GridSession,
    KeyPosition,
    Nomination,
    ReadinessLevel,
    Scenario,
    SuccessionAction,
)
from portal.succession.states import NominationState, PositionState, SessionState


def plans_all(viewer: Viewer) -> bool:
    """HR and directors plan for the whole organisation."""
    return viewer.has_role("hr", "executive")


def see_succession(viewer: Viewer) -> bool:
    """The bench: HR, directors, and planners among managers and leads for their own line."""
    return plans_all(viewer) or (
        viewer.has_role("planner") and bool(getattr(viewer, "led_paths", ()))
    )


def set_up_succession(viewer: Viewer) -> bool:
    """Scale, grid and settings: HR."""
    return viewer.has_role("hr")


def change_level(viewer: Viewer, level: ReadinessLevel) -> bool:  # noqa: ARG001 - any level
    """Change a step of the readiness scale: HR."""
    return set_up_succession(viewer)


def plan_position(viewer: Viewer, key_position: KeyPosition) -> bool:
    """Read and keep the plan of a position: whoever plans for its team."""
    if plans_all(viewer):
        return True
    return viewer.has_role("planner") and viewer.leads(key_position.position.team.path)


def change_position(viewer: Viewer, key_position: KeyPosition) -> bool:
    """Nominate, judge, confirm a plan that is still kept."""
    return key_position.state is PositionState.ACTIVE and plan_position(viewer, key_position)


def end_position(viewer: Viewer, key_position: KeyPosition) -> bool:
    """No longer plan for a position: HR and directors."""
    return plans_all(viewer) and key_position.state is PositionState.ACTIVE


def assess_position(
    viewer: Viewer, key_position: KeyPosition, holder_id: int | None = None
) -> bool:
    """Judge impact and risk of loss; never of a position one holds oneself."""
    return viewer.person_id != holder_id and change_position(viewer, key_position)


def see_nomination(viewer: Viewer, nomination: Nomination) -> bool:
    """Read a nomination: whoever plans for the position, but the nominee never."""
    if viewer.person_id == nomination.nominee_id:
        return False
    return plan_position(viewer, nomination.key_position)


def change_nomination(viewer: Viewer, nomination: Nomination) -> bool:
    """Judge anew, reorder, end, add actions."""
    return nomination.is_open and see_nomination(viewer, nomination)


def decide_nomination(viewer: Viewer, nomination: Nomination) -> bool:
    """Approve as a second person: not who proposed it."""
    return (
        nomination.state is NominationState.PROPOSED
        and viewer.id != nomination.proposed_by_id
        and see_nomination(viewer, nomination)
    )


def change_action(viewer: Viewer, action: SuccessionAction) -> bool:
    """Tick off or drop a development action: as the nomination it belongs to."""
    return change_nomination(viewer, action.nomination)


def suggest_action(viewer: Viewer, action: SuccessionAction) -> bool:
    """Put the same into the nominee's career plan: who may add to that plan anyway."""
    nominee = action.nomination.nominee
    return change_action(viewer, action) and development.start_plan(viewer, nominee)


def see_person_in_grid(viewer: Viewer, person: Person) -> bool:
    """Read somebody's placements: HR, directors, planners of their line; never one's own."""
    if viewer.person_id == person.id:
        return False
    return plans_all(viewer) or (viewer.has_role("planner") and people.answers_for(viewer, person))


place_person = see_person_in_grid


def see_session(viewer: Viewer, session: GridSession) -> bool:
    """A calibration session: whoever plans for its team."""
    if plans_all(viewer):
        return True
    return viewer.has_role("planner") and viewer.leads(session.team.path)


def change_session(viewer: Viewer, session: GridSession) -> bool:
    """Place people in a session that is running, close it."""
    return session.state is SessionState.OPEN and see_session(viewer, session)


def see_scenario(viewer: Viewer, scenario: Scenario) -> bool:
    """A saved what-if: who saved it, HR and directors; not who is asked about as leaver."""
    if viewer.person_id in scenario.leaver_ids:
        return False
    return viewer.id == scenario.saved_by_id or plans_all(viewer)
