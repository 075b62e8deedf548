"""Corrective actions of the walks: the one of the hire waits for a second person."""

from __future__ import annotations

from portal.conduct.states import ActionState
from tests.factories import conduct
from tests.factories.worlds.who import Params, People, person_of


def side(who: People) -> Params:
    """An open one, and for each step the state in which it can be done."""
    person = person_of(who.hire)
    open_ = conduct.action(person, by=who.manager)
    proposed = conduct.action(person, by=who.manager, state=ActionState.PROPOSED)
    returned = conduct.action(person, by=who.manager, state=ActionState.RETURNED)
    found: Params = {"corrective_action_id": open_.id}
    for step in ("confirm_action", "return_action"):
        found[f"conduct.{step} corrective_action_id"] = proposed.id
    found["conduct.change_action corrective_action_id"] = returned.id
    return found
