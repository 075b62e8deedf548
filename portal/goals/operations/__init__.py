"""What can be done with goals."""

from portal.goals.operations.change import decide_change, propose_change, withdraw_change
from portal.goals.operations.check_in import check_in
from portal.goals.operations.closing import close_goal, drop_goal
from portal.goals.operations.proposal import (
    agree_goal,
    change_draft,
    discard_draft,
    draft_goal,
    propose_goal,
    return_goal,
    withdraw_goal,
)
from portal.goals.operations.weights import heaviest

__all__ = [
    "agree_goal",
    "change_draft",
    "check_in",
    "close_goal",
    "decide_change",
    "discard_draft",
    "draft_goal",
    "drop_goal",
    "heaviest",
    "propose_change",
    "propose_goal",
    "return_goal",
    "withdraw_change",
    "withdraw_goal",
]
