"""What is done with surveys."""

from __future__ import annotations

from portal.surveys.operations.answer import Answers, answer_survey
from portal.surveys.operations.course import (
    close_survey,
    extend_survey,
    look_after,
    open_survey,
    remind,
    start_survey,
)
from portal.surveys.operations.question import (
    Wording,
    add_question,
    change_question,
    remove_question,
)
from portal.surveys.operations.starter import Start, starts
from portal.surveys.operations.survey import Terms, add_survey, change_survey

__all__ = [
    "Answers",
    "Start",
    "Terms",
    "Wording",
    "add_question",
    "add_survey",
    "answer_survey",
    "change_question",
    "change_survey",
    "close_survey",
    "extend_survey",
    "look_after",
    "open_survey",
    "remind",
    "remove_question",
    "start_survey",
    "starts",
]
