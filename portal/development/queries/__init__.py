"""What is asked of development."""

from __future__ import annotations

from portal.development.queries.answering import colleagues_of
from portal.development.queries.assessments import (
    assessment_in_full,
    assessments_of,
    live_assessment,
    sheet_in_full,
    sheets_to_fill,
    talks_to_hold,
)
from portal.development.queries.feedback import (
    ASKED,
    open_replies,
    replies_to_confirm,
    replies_to_give,
    replies_to_remind,
    request_in_full,
    requests_about,
    requests_to_close,
)
from portal.development.queries.people import people_listed
from portal.development.queries.plans import (
    SIGNED_AT,
    actions_due,
    days_done,
    live_plan,
    plan_in_full,
    plans_of,
    plans_to_review,
    plans_to_sign,
)
from portal.development.queries.standing import done_day, is_to_do

__all__ = [
    "ASKED",
    "SIGNED_AT",
    "actions_due",
    "assessment_in_full",
    "assessments_of",
    "colleagues_of",
    "days_done",
    "done_day",
    "is_to_do",
    "live_assessment",
    "live_plan",
    "open_replies",
    "people_listed",
    "plan_in_full",
    "plans_of",
    "plans_to_review",
    "plans_to_sign",
    "replies_to_confirm",
    "replies_to_give",
    "replies_to_remind",
    "request_in_full",
    "requests_about",
    "requests_to_close",
    "sheet_in_full",
    "sheets_to_fill",
    "talks_to_hold",
]
