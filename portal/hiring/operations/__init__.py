"""The verbs of hiring, one module for each noun."""

from portal.hiring.operations.approval import decide_step, submit_requisition
from portal.hiring.operations.checklist import Check, checklist
from portal.hiring.operations.composition import Hint, compose_text, exclusive_wording
from portal.hiring.operations.criteria import fix_criteria, suggested_criteria
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

__all__ = [
    "Check",
    "Hint",
    "band_of",
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
    "exclusive_wording",
    "fix_criteria",
    "note_hire",
    "open_requisition",
    "publish_posting",
    "recompose_posting",
    "reopen_posting",
    "submit_requisition",
    "suggested_criteria",
]
