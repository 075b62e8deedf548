"""Other terms for an agreed goal: suggested by one side, agreed to by the other."""

from __future__ import annotations

from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit, clock
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.states import require_move
from portal.goals import notices, policy
from portal.goals.models import Goal, GoalChange
from portal.goals.operations.conditions import require_terms
from portal.goals.operations.weights import require_weight
from portal.goals.states import CHANGE_MOVES, ChangeState, GoalFact, GoalState
from portal.goals.terms import Terms


def propose_change(goal: Goal, terms: Terms, *, reason: str, by: Account) -> GoalChange:
    """Suggest other terms; until the other side agrees the old ones hold. A team's hold at once.

    Raises:
        Refused: if the goal is not agreed, a change waits already, nothing or no reason is given,
            or the terms do not fit together.

    """
    if goal.state is not GoalState.AGREED:
        raise Refused(_("Only an agreed goal can be changed so."))
    if goal.open_change is not None:
        raise Refused(_("A change waits for an answer already."))
    if not reason.strip():
        raise Refused(_("Say why the goal should change."), "reason")
    before = Terms.of(goal)
    if terms == before:
        raise Refused(_("Nothing would change."))
    require_terms(terms, person=goal.person, team=goal.team, goal=goal, by=by)
    if goal.person is not None:
        require_weight(goal.person, terms, but=goal.id)
    change = GoalChange(
        goal=goal,
        before=before.to_json(),
        after=terms.to_json(),
        reason=reason.strip(),
        state=ChangeState.PROPOSED,
        proposed_at=clock.now(),
        proposed_by=by,
        proposed_by_id=by.id,
    )
    db.session.add(change)
    audit.record(GoalFact.CHANGE_PROPOSED, change, by=by, about=goal.person_id)
    if goal.person is None:
        _apply(change, by)
    else:
        notices.change_proposed(change, by=by)
    return change


def decide_change(change: GoalChange, *, agreed: bool, answer: str = "", by: Account) -> None:
    """Agree to other terms or decline them.

    Raises:
        Refused: if it is one's own suggestion or decided already, a no comes without a word, or
            the weight does not fit any more.

    """
    if not policy.decide_change(by, change):
        raise Refused(_("The other side answers a change, and only once."))
    if not agreed and not answer.strip():
        raise Refused(_("Say why not."), "answer")
    change.answer = answer.strip()
    if agreed:
        assert change.goal.person is not None
        require_weight(change.goal.person, Terms.from_json(change.after), but=change.goal_id)
        _apply(change, by)
    else:
        close_change(change, ChangeState.DECLINED, by=by)
        audit.record(GoalFact.CHANGE_DECLINED, change, by=by, about=change.goal.person_id)
    notices.change_decided(change, by=by)


def withdraw_change(change: GoalChange, *, by: Account) -> None:
    """Take a suggestion back.

    Raises:
        Refused: if it is decided already.

    """
    close_change(change, ChangeState.WITHDRAWN, by=by)
    audit.record(GoalFact.CHANGE_WITHDRAWN, change, by=by, about=change.goal.person_id)


def close_change(change: GoalChange, to: ChangeState, *, by: Account) -> None:
    """Let a suggestion wait no longer.

    Raises:
        Refused: if it is decided already.

    """
    require_move(CHANGE_MOVES, change.state, to)
    change.state = to
    change.decided_by, change.decided_by_id, change.decided_at = by, by.id, clock.now()


def _apply(change: GoalChange, by: Account) -> None:
    close_change(change, ChangeState.AGREED, by=by)
    Terms.from_json(change.after).put(change.goal)
    # The column alone would leave the goal and metric that were loaded before in place.
    db.session.flush()
    db.session.expire(change.goal, ["parent", "metric"])
    audit.record(GoalFact.CHANGED, change, by=by, about=change.goal.person_id)
