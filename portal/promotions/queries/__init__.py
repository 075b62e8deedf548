"""What is asked of promotions and internal openings."""

from __future__ import annotations

from portal.promotions.queries.deciders import above, candidates_for, deciders
from portal.promotions.queries.leading import would_lead
from portal.promotions.queries.needs import needs_by_role
from portal.promotions.queries.openings import open_postings, people_inside, wish_of
from portal.promotions.queries.promotions import (
    changeable,
    free_positions,
    going_to,
    live_of,
    managers,
    own_offer,
    position_holder,
    promotion_for_update,
    promotion_rows,
    steps_waiting_for,
    team_accounts,
    to_settle,
    told_and_silent,
    visible_to,
)

__all__ = [
    "above",
    "candidates_for",
    "changeable",
    "deciders",
    "free_positions",
    "going_to",
    "live_of",
    "managers",
    "needs_by_role",
    "open_postings",
    "own_offer",
    "people_inside",
    "position_holder",
    "promotion_for_update",
    "promotion_rows",
    "steps_waiting_for",
    "team_accounts",
    "to_settle",
    "told_and_silent",
    "visible_to",
    "wish_of",
    "would_lead",
]
