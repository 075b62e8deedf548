"""Verbs of structured interviewing."""

from portal.interviews.operations.bank import change_question, load_questions
from portal.interviews.operations.panel import decide
from portal.interviews.operations.plan import change_plan, make_plan, publish_plan
from portal.interviews.operations.schedule import (
    cancel_interview,
    reschedule_interview,
    schedule_interview,
)
from portal.interviews.operations.scorecard import (
    Entry,
    amend_scorecard,
    problems,
    save_draft,
    submit_scorecard,
)

__all__ = [
    "Entry",
    "amend_scorecard",
    "cancel_interview",
    "change_plan",
    "change_question",
    "decide",
    "load_questions",
    "make_plan",
    "problems",
    "publish_plan",
    "reschedule_interview",
    "save_draft",
    "schedule_interview",
    "submit_scorecard",
]
