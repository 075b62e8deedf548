"""What can be done with 1:1s."""

from portal.meetings.operations.content import (
    add_action,
    add_item,
    finish_action,
    remove_item,
    reopen_action,
    save_notes,
    save_private_notes,
    tick_item,
    untick_item,
)
from portal.meetings.operations.meeting import (
    cancel_meeting,
    hold_meeting,
    move_meeting,
    plan_next,
    roll_on,
)
from portal.meetings.operations.series import (
    accept_series,
    change_series,
    decline_series,
    end_on,
    end_series,
    follow_lead,
    follow_leaver,
    follow_manager,
    start_series,
)

__all__ = [
    "accept_series",
    "add_action",
    "add_item",
    "cancel_meeting",
    "change_series",
    "decline_series",
    "end_on",
    "end_series",
    "finish_action",
    "follow_lead",
    "follow_leaver",
    "follow_manager",
    "hold_meeting",
    "move_meeting",
    "plan_next",
    "remove_item",
    "reopen_action",
    "roll_on",
    "save_notes",
    "save_private_notes",
    "start_series",
    "tick_item",
    "untick_item",
]
