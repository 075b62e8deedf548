"""Goals of the walks: one in each state that a view asks for."""

from __future__ import annotations

from portal.core.db import db
from portal.goals.states import GoalState
from tests.factories import goals
from tests.factories.worlds.who import Params, People, person_of


def side(who: People) -> Params:
    """The hire's goals, proposed by the lead; the change is the lead's, too."""
    hire = person_of(who.hire)
    agreed = goals.goal(hire, by=who.lead)
    draft = goals.goal(hire, state=GoalState.DRAFT, by=who.hire)
    proposed = goals.goal(hire, state=GoalState.PROPOSED, by=who.lead)
    changed = goals.goal(hire, by=who.lead, weight=0)
    change = goals.change(changed, by=who.lead, weight=0)
    db.session.flush()
    return {
        "goal_id": agreed.id,
        "goals.propose_goal goal_id": draft.id,
        "goals.discard_goal goal_id": draft.id,
        "goals.withdraw_goal goal_id": proposed.id,
        "goals.answer_goal goal_id": proposed.id,
        "goal_change_id": change.id,
    }
