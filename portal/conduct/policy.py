"""Who sees and does what about corrective actions: rules about one row, without a query."""

from __future__ import annotations

from portal.conduct.models import CorrectiveAction
from portal.conduct.states import ActionState
from portal.core.access import Viewer
from portal.people import policy as people
from portal.people.models import Person

LIVE = frozenset({ActionState.PROPOSED, ActionState.RETURNED, ActionState.OPEN})


def in_charge(viewer: Viewer, person: Person) -> bool:
    """HR, the present manager, or whoever leads the team or one above it; never the person."""
    if viewer.person_id == person.id:
        return False
    return viewer.has_role("hr") or people.answers_for(viewer, person)


propose_action = in_charge


def see_actions(viewer: Viewer) -> bool:
    """The list: HR, managers and leads; narrowed to whom they answer for."""
    return viewer.has_role("hr", "manager") or bool(getattr(viewer, "led_paths", ()))


def see_action(viewer: Viewer, action: CorrectiveAction) -> bool:
    """The person once it is confirmed, those in charge, and an executive who is to confirm it."""
    if viewer.person_id == action.person_id:
        return action.was_told
    return in_charge(viewer, action.person) or _is_asked(viewer, action)


def confirm_action(viewer: Viewer, action: CorrectiveAction) -> bool:
    """A second person: HR, or an executive where HR opened it; nobody about themselves."""
    if action.state is not ActionState.PROPOSED or viewer.person_id == action.person_id:
        return False
    second = viewer.id != action.proposed_by_id
    return second and (viewer.has_role("hr") or _is_asked(viewer, action))


return_action = confirm_action


def change_action(viewer: Viewer, action: CorrectiveAction) -> bool:
    """What was sent back can be changed by those in charge."""
    return action.state is ActionState.RETURNED and in_charge(viewer, action.person)


def note_talk(viewer: Viewer, action: CorrectiveAction) -> bool:
    """Talks are noted by those in charge while it is open."""
    return action.state is ActionState.OPEN and in_charge(viewer, action.person)


def close_action(viewer: Viewer, action: CorrectiveAction) -> bool:
    """Say how it ended: those in charge; before it is confirmed HR alone can withdraw it."""
    if action.state is ActionState.OPEN:
        return in_charge(viewer, action.person)
    return action.state in LIVE and withdraw_action(viewer, action)


def withdraw_action(viewer: Viewer, action: CorrectiveAction) -> bool:
    """Take it back as if it had never been: HR."""
    live = action.state in LIVE
    return live and viewer.has_role("hr") and viewer.person_id != action.person_id


def acknowledge_action(viewer: Viewer, action: CorrectiveAction) -> bool:
    """Say that one has seen it, and write one's own statement: the person, while it is open."""
    return action.state is ActionState.OPEN and viewer.person_id == action.person_id


def _is_asked(viewer: Viewer, action: CorrectiveAction) -> bool:
    waits = action.state is ActionState.PROPOSED
    return waits and action.by_hr and viewer.has_role("executive")
