"""The end of a goal: a result with a sentence, or dropped with a reason."""

from __future__ import annotations

from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit, clock
from portal.core.errors import Refused
from portal.core.states import require_move
from portal.goals import notices
from portal.goals.models import Goal
from portal.goals.operations.change import close_change
from portal.goals.states import GOAL_MOVES, ChangeState, GoalFact, GoalState

FULL = 100


def close_goal(goal: Goal, *, result: int, outcome: str, by: Account) -> None:
    """Say how far a goal was reached, in per cent, and in a sentence; the person sees it at once.

    Raises:
        Refused: if it is not agreed, one's own, or the sentence is missing.

    """
    if not outcome.strip():
        raise Refused(_("Say in a sentence what came of it."), "outcome")
    wanted = GoalState.PARTLY
    if result in (0, FULL):
        wanted = GoalState.DONE if result else GoalState.MISSED
    _end(goal, wanted, outcome, by)
    goal.result = result
    audit.record(GoalFact.CLOSED, goal, by=by)
    notices.closed(goal, by=by)


def drop_goal(goal: Goal, *, reason: str, by: Account) -> None:
    """Go after a goal no longer; it counts for nothing from now on.

    Raises:
        Refused: if it is not agreed, one's own, or there is no reason.

    """
    if not reason.strip():
        raise Refused(_("Say why the goal is dropped."), "outcome")
    _end(goal, GoalState.DROPPED, reason, by)
    audit.record(GoalFact.DROPPED, goal, by=by)
    notices.dropped(goal, by=by)


def _end(goal: Goal, state: GoalState, words: str, by: Account) -> None:
    require_move(GOAL_MOVES, goal.state, state)
    if goal.person_id == by.person_id:
        raise Refused(_("Nobody closes their own goal. Ask your manager."))
    if goal.open_change is not None:
        close_change(goal.open_change, ChangeState.DECLINED, by=by)
    goal.state, goal.outcome = state, words.strip()
    goal.closed_by, goal.closed_by_id, goal.closed_at = by, by.id, clock.now()
