"""What is asked of succession, as selects."""

from portal.succession.queries.bench import (
    OPEN,
    approvers,
    at_work,
    could_be_named,
    could_hold,
    holders_of,
    key_positions,
    levels,
    open_nominations_of,
    plan_of,
    taken_over,
    visible_to,
    with_plans,
)

__all__ = [
    "OPEN",
    "approvers",
    "at_work",
    "could_be_named",
    "could_hold",
    "holders_of",
    "key_positions",
    "levels",
    "open_nominations_of",
    "plan_of",
    "taken_over",
    "visible_to",
    "with_plans",
]
