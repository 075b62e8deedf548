"""What is asked of succession, as selects."""

from portal.succession.queries.bench import (
    OPEN,
    approvers,
    holders_of,
    key_positions,
    levels,
    open_nominations_of,
    plan_of,
    posts_of,
    successors,
    taken_over,
    visible_to,
    with_plans,
)

__all__ = [
    "OPEN",
    "approvers",
    "holders_of",
    "key_positions",
    "levels",
    "open_nominations_of",
    "plan_of",
    "posts_of",
    "successors",
    "taken_over",
    "visible_to",
    "with_plans",
]
