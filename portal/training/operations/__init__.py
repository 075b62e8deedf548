"""Verbs of training."""

from portal.training.operations.completion import complete
from portal.training.operations.enrolment import cancel_enrolment, enrol, leave_session

__all__ = [
    "cancel_enrolment",
    "complete",
    "enrol",
    "leave_session",
]
