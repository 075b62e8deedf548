"""Verbs of structured interviewing."""

from portal.interviews.operations.bank import add_to_bank, change_question, load_questions
from portal.interviews.operations.panel import decide
from portal.interviews.operations.plan import change_plan, make_plan, publish_plan
from portal.interviews.operations.record import print_record
from portal.interviews.operations.rounds import (
    add_round,
    change_round,
    move_round,
    remove_round,
)
from portal.interviews.operations.schedule import (
    cancel_interview,
    reschedule_interview,
    schedule_interview,
)
from portal.interviews.operations.scorecard import (
    Entry,
    amend_scorecard,
    entries_of,
    problems,
    save_draft,
    submit_scorecard,
)

__all__ = [
    "Entry",
    "add_round",
    "add_to_bank",
    "amend_scorecard",
    "cancel_interview",
    "change_plan",
    "change_question",
    "change_round",
    "decide",
    "entries_of",
    "load_questions",
    "make_plan",
    "move_round",
    "print_record",
    "problems",
    "publish_plan",
    "remove_round",
    "reschedule_interview",
    "save_draft",
    "schedule_interview",
    "submit_scorecard",
]
