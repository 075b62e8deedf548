"""Verbs of training."""

from portal.training.operations.completion import (
    complete,
)
from portal.training.operations.course import (
    SEARCH_KIND,
    Terms,
    add_category,
    add_course,
    change_category,
    change_course,
    offer_course,
    retire_course,
)
from portal.training.operations.enrolment import (
    cancel_enrolment,
    enrol,
    leave_session,
)
from portal.training.operations.reminder import (
    remind,
)
from portal.training.operations.result import (
    confirm_completion,
    hold_session,
    record_result,
)
from portal.training.operations.session import (
    Plan,
    cancel_session,
    change_session,
    plan_session,
)

__all__ = [
    "SEARCH_KIND",
    "Plan",
    "Terms",
    "add_category",
    "add_course",
    "cancel_enrolment",
    "cancel_session",
    "change_category",
    "change_course",
    "change_session",
    "complete",
    "confirm_completion",
    "enrol",
    "hold_session",
    "leave_session",
    "offer_course",
    "plan_session",
    "record_result",
    "remind",
    "retire_course",
]
