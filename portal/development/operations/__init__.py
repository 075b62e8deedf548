"""What can be done with assessments, feedback and career plans."""

from __future__ import annotations

from portal.development.operations.assessments import (
    Agreed,
    agree_levels,
    agreement_problems,
    cancel_assessment,
    open_assessment,
    plan_talk,
)
from portal.development.operations.feedback import (
    Seen,
    ask_feedback,
    close_request,
    confirm_feedback,
    decline_feedback,
    feedback_problems,
    give_feedback,
    look_after_feedback,
)
from portal.development.operations.leaving import follow_people
from portal.development.operations.plans import (
    REVIEW_AFTER,
    add_action,
    change_action,
    change_plan,
    close_plan,
    drop_action,
    finish_action,
    sign_plan,
    start_plan,
)
from portal.development.operations.reply_draft import draft_of, save_reply
from portal.development.operations.sheets import (
    Entry,
    add_file,
    entries_of,
    problems,
    remove_file,
    require_open,
    save_sheet,
    submit_sheet,
)

__all__ = [
    "REVIEW_AFTER",
    "Agreed",
    "Entry",
    "Seen",
    "add_action",
    "add_file",
    "agree_levels",
    "agreement_problems",
    "ask_feedback",
    "cancel_assessment",
    "change_action",
    "change_plan",
    "close_plan",
    "close_request",
    "confirm_feedback",
    "decline_feedback",
    "draft_of",
    "drop_action",
    "entries_of",
    "feedback_problems",
    "finish_action",
    "follow_people",
    "give_feedback",
    "look_after_feedback",
    "open_assessment",
    "plan_talk",
    "problems",
    "remove_file",
    "require_open",
    "save_reply",
    "save_sheet",
    "sign_plan",
    "start_plan",
    "submit_sheet",
]
