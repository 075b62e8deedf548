"""Who is told what in hiring, one module for each noun."""

from portal.hiring.notices.requisition import (
    approval_wanted,
    posting_closed,
    requisition_approved,
    requisition_filled,
    requisition_refused,
)

__all__ = [
    "approval_wanted",
    "posting_closed",
    "requisition_approved",
    "requisition_filled",
    "requisition_refused",
]
