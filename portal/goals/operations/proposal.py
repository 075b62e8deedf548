"""From a draft to an agreed goal: one side proposes, the other agrees."""

from __future__ import annotations

from dataclasses import replace

from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit, clock
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.states import require_move
from portal.goals import notices, policy
from portal.goals.figures import figure_before
from portal.goals.models import Goal
from portal.goals.operations.conditions import require_terms
from portal.goals.operations.weights import require_weight
from portal.goals.states import GOAL_MOVES, GoalFact, GoalState, Measure
from portal.goals.terms import Terms
from portal.metrics.states import Direction
from portal.people.models import Person, Team


def draft_goal(
    terms: Terms, *, person: Person | None = None, team: Team | None = None, by: Account
) -> Goal:
    """Write a goal down that only ``by`` sees, for a person or for a team.

    Raises:
        Refused: if the terms do not fit together. Weights may still be too many.

    """
    require_terms(terms, person=person, team=team, goal=None, by=by)
    goal = Goal(
        person=person, team=team, state=GoalState.DRAFT, created_at=clock.now(), created_by_id=by.id
    )
    terms.put(goal)
    db.session.add(goal)
    audit.record(GoalFact.DRAFTED, goal, by=by)
    return goal


def change_draft(goal: Goal, terms: Terms, *, by: Account) -> None:
    """Write a draft anew.

    Raises:
        Refused: if it is no draft any more, or the terms do not fit together.

    """
    if goal.state is not GoalState.DRAFT:
        raise Refused(_("This goal is no draft any more. Suggest a change instead."))
    require_terms(terms, person=goal.person, team=goal.team, goal=goal, by=by)
    terms.put(goal)
    audit.record(GoalFact.REDRAFTED, goal, by=by)
    # The keys are new, but the goal and metric that were loaded before still hang there.
    db.session.expire(goal, ["parent", "metric"])


def discard_draft(goal: Goal, *, by: Account) -> None:
    """Throw a draft away.

    Raises:
        Refused: if it is no draft any more.

    """
    if goal.state is not GoalState.DRAFT:
        raise Refused(_("Only a draft can be thrown away."))
    audit.record(GoalFact.DISCARDED, goal, by=by)
    db.session.delete(goal)


def propose_goal(goal: Goal, *, by: Account) -> None:
    """Put a draft before the other side; a team's goal is in force at once.

    Raises:
        Refused: if it is no draft, or too heavy beside the other goals.

    """
    wanted = GoalState.PROPOSED if goal.person is not None else GoalState.AGREED
    require_move(GOAL_MOVES, goal.state, wanted)
    if goal.person is not None:
        _fill_start(goal, goal.person)
        require_weight(goal.person, Terms.of(goal), but=goal.id)
    goal.state, goal.returned = wanted, ""
    goal.proposed_by, goal.proposed_by_id, goal.proposed_at = by, by.id, clock.now()
    if goal.person is None:
        _agree(goal, by)
        return
    audit.record(GoalFact.PROPOSED, goal, by=by)
    notices.proposed(goal, by=by)


def withdraw_goal(goal: Goal, *, by: Account) -> None:
    """Make a proposal a draft again.

    Raises:
        Refused: if it is not proposed any more.

    """
    _back_to_draft(goal)
    audit.record(GoalFact.WITHDRAWN, goal, by=by)


def return_goal(goal: Goal, *, note: str, by: Account) -> None:
    """Send a proposal back with a word on what should be different.

    Raises:
        Refused: if there is no such word, it is one's own proposal, or none any more.

    """
    if not note.strip():
        raise Refused(_("Say what should be different."), "note")
    _require_other_side(goal, by)
    notices.answered(goal, agreed=False, by=by)
    _back_to_draft(goal)
    goal.returned = note.strip()
    audit.record(GoalFact.RETURNED, goal, by=by)


def agree_goal(goal: Goal, *, by: Account) -> None:
    """Agree to what the other side proposed.

    Raises:
        Refused: if it is one's own proposal, none any more, or too heavy by now.

    """
    require_move(GOAL_MOVES, goal.state, GoalState.AGREED)
    _require_other_side(goal, by)
    assert goal.person is not None
    require_weight(goal.person, Terms.of(goal), but=goal.id)
    notices.answered(goal, agreed=True, by=by)
    goal.state = GoalState.AGREED
    _agree(goal, by)


def _agree(goal: Goal, by: Account) -> None:
    goal.agreed_by, goal.agreed_by_id, goal.agreed_at = by, by.id, clock.now()
    audit.record(GoalFact.AGREED, goal, by=by)


def _back_to_draft(goal: Goal) -> None:
    if goal.state is not GoalState.PROPOSED:
        raise Refused(_("This goal is not proposed any more."))
    goal.state = GoalState.DRAFT
    goal.proposed_by, goal.proposed_by_id, goal.proposed_at = None, None, None


def _require_other_side(goal: Goal, by: Account) -> None:
    if not policy.agree_goal(by, goal):
        raise Refused(_("The other side answers a proposal, and only once."))


def _fill_start(goal: Goal, person: Person) -> None:
    """A metric starts from the person's last figure before, unless that is good enough already."""
    if goal.measure is not Measure.METRIC or goal.start is not None or goal.metric_id is None:
        return
    value = figure_before(person.id, goal.metric_id, goal.starts_on)
    if value is None or goal.metric is None:
        return
    higher = goal.metric.definition.direction is Direction.HIGHER
    if (value < goal.target) if higher else (value > goal.target):
        replace(Terms.of(goal), start=value).put(goal)
