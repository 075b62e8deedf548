"""The verbs of hiring, one module for each noun."""

from portal.hiring.operations.application import (
    UNDO_WINDOW,
    can_undo,
    hire_application,
    move_application,
    move_applications,
    require_movable,
    undo_move,
    withdraw_application,
    within_undo_window,
)
from portal.hiring.operations.apply import (
    AppliedAlready,
    receive_application,
    remind_of_application,
)
from portal.hiring.operations.approval import decide_step, submit_requisition
from portal.hiring.operations.candidate import erase_application, export_application
from portal.hiring.operations.checklist import Check, checklist
from portal.hiring.operations.composition import Hint, compose_text, exclusive_wording
from portal.hiring.operations.criteria import fix_criteria, suggested_criteria
from portal.hiring.operations.poster import print_poster
from portal.hiring.operations.posting import (
    change_posting,
    change_posting_text,
    close_posting,
    close_postings_over,
    compose_posting,
    publish_posting,
    recompose_posting,
    reopen_posting,
)
from portal.hiring.operations.requisition import (
    band_of,
    cancel_requisition,
    change_requisition,
    note_hire,
    open_requisition,
)
from portal.hiring.operations.screening import score_answers, screen_application

__all__ = [
    "UNDO_WINDOW",
    "AppliedAlready",
    "Check",
    "Hint",
    "band_of",
    "can_undo",
    "cancel_requisition",
    "change_posting",
    "change_posting_text",
    "change_requisition",
    "checklist",
    "close_posting",
    "close_postings_over",
    "compose_posting",
    "compose_text",
    "decide_step",
    "erase_application",
    "exclusive_wording",
    "export_application",
    "fix_criteria",
    "hire_application",
    "move_application",
    "move_applications",
    "note_hire",
    "open_requisition",
    "print_poster",
    "publish_posting",
    "receive_application",
    "recompose_posting",
    "remind_of_application",
    "reopen_posting",
    "require_movable",
    "score_answers",
    "screen_application",
    "submit_requisition",
    "suggested_criteria",
    "undo_move",
    "withdraw_application",
    "within_undo_window",
]
