"""Who sees goals, and which side may do what: rules about one row, without a search.

Two sides agree on a person's goal: the person, and who answers for them. HR reads, and stands in
for the second side only where a person has no manager. Peers see nothing. A team's goals are set
by who leads it and seen by all in it.
"""

from __future__ import annotations

from portal.core import clock
from portal.core.access import Viewer
from portal.core.db import db
from portal.goals.models import Goal, GoalChange
from portal.goals.states import ChangeState, GoalState
from portal.people.models import Person, Team
from portal.people.policy import answers_for


def see_goals(viewer: Viewer, person: Person) -> bool:
    """The goals of a person: they themself, who answers for them, HR."""
    return viewer.person_id == person.id or viewer.has_role("hr") or answers_for(viewer, person)


def see_team_goals(viewer: Viewer, team: Team) -> bool:
    """The goals of a team: all who work in it or below it, its leads, HR."""
    if viewer.has_role("hr") or viewer.leads(team.path):
        return True
    own = db.session.get_one(Person, viewer.person_id).employment_on(clock.today())
    return own is not None and own.team.path.startswith(team.path)


def see_goal(viewer: Viewer, goal: Goal) -> bool:
    """A goal; a draft only who wrote it, and only as long as it is theirs to propose."""
    if goal.state is GoalState.DRAFT:
        return viewer.id == goal.created_by_id and _is_on_a_side(viewer, goal)
    if goal.person is not None:
        return see_goals(viewer, goal.person)
    return goal.team is not None and see_team_goals(viewer, goal.team)


def see_overview(viewer: Viewer) -> bool:
    """The list over people: HR, managers and leads; narrowed to whom they answer for."""
    return viewer.has_role("hr", "manager") or bool(getattr(viewer, "led_paths", ()))


def add_goal(viewer: Viewer, person: Person) -> bool:
    """Write a goal down: the person, or who answers for them."""
    return viewer.person_id == person.id or answers_as_manager(viewer, person)


def add_team_goal(viewer: Viewer, team: Team) -> bool:
    """Set a goal for a team: its leads."""
    return viewer.leads(team.path)


def change_goal(viewer: Viewer, goal: Goal) -> bool:
    """Change a draft, or suggest other terms for an agreed goal: either side."""
    if goal.state is GoalState.DRAFT:
        return see_goal(viewer, goal)
    return goal.state is GoalState.AGREED and _is_on_a_side(viewer, goal)


def propose_goal(viewer: Viewer, goal: Goal) -> bool:
    """Put a draft before the other side, or throw it away: who wrote it."""
    return goal.state is GoalState.DRAFT and see_goal(viewer, goal)


discard_goal = propose_goal


def withdraw_goal(viewer: Viewer, goal: Goal) -> bool:
    """Take a proposal back: who made it."""
    proposed = goal.state is GoalState.PROPOSED and viewer.id == goal.proposed_by_id
    return proposed and _is_on_a_side(viewer, goal)


def agree_goal(viewer: Viewer, goal: Goal) -> bool:
    """Agree to a proposal, or send it back: the other side."""
    if goal.state is not GoalState.PROPOSED or goal.person is None or goal.proposed_by is None:
        return False
    return _is_other_side(viewer, goal.person, goal.proposed_by.person_id)


return_goal = agree_goal


def decide_change(viewer: Viewer, change: GoalChange) -> bool:
    """Agree to other terms, or decline them: the other side."""
    person = change.goal.person
    if not _is_open(change) or person is None:
        return False
    return _is_other_side(viewer, person, change.proposed_by.person_id)


def withdraw_change(viewer: Viewer, change: GoalChange) -> bool:
    """Take a suggested change back: who made it."""
    own = _is_open(change) and viewer.id == change.proposed_by_id
    return own and _is_on_a_side(viewer, change.goal)


def check_in(viewer: Viewer, goal: Goal) -> bool:
    """Write down how an agreed goal stands: either side."""
    return goal.state is GoalState.AGREED and _is_on_a_side(viewer, goal)


def close_goal(viewer: Viewer, goal: Goal) -> bool:
    """Close an agreed goal with a result, or drop it: who answers for the person; never they."""
    if goal.state is not GoalState.AGREED:
        return False
    if goal.person is not None:
        return answers_as_manager(viewer, goal.person)
    return goal.team is not None and viewer.leads(goal.team.path)


drop_goal = close_goal


def answers_as_manager(viewer: Viewer, person: Person) -> bool:
    """The manager's side: who answers for the person, or HR for who has no manager."""
    if viewer.person_id == person.id:
        return False
    return answers_for(viewer, person) or (viewer.has_role("hr") and _has_no_manager(person))


def _has_no_manager(person: Person) -> bool:
    present = person.employment_on(clock.today())
    return present is None or present.manager_id is None


def _is_on_a_side(viewer: Viewer, goal: Goal) -> bool:
    if goal.person is not None:
        return add_goal(viewer, goal.person)
    return goal.team is not None and viewer.leads(goal.team.path)


def _is_other_side(viewer: Viewer, person: Person, proposed_by_person_id: int) -> bool:
    if proposed_by_person_id == person.id:
        return answers_as_manager(viewer, person)
    return viewer.person_id == person.id


def _is_open(change: GoalChange) -> bool:
    open_ = change.state is ChangeState.PROPOSED
    return open_ and change.goal.state is GoalState.AGREED
