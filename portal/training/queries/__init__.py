"""What is asked of training, as selects."""

from __future__ import annotations

from portal.training.queries.catalogue import (
    catalogue,
    categories,
    category_with_key,
    course_with_key,
    every_course_locked,
    missing_prerequisites,
    prerequisite_pairs,
)
from portal.training.queries.completions import (
    completion_on,
    completions_of,
    credits_between,
)
from portal.training.queries.enrolments import (
    due_between,
    latest_enrolment,
    live_enrolment,
    live_enrolments_of,
    live_in,
    participants,
    place_in_line,
    seats_taken,
    waiting_for,
)

__all__ = [
    "catalogue",
    "categories",
    "category_with_key",
    "completion_on",
    "completions_of",
    "course_with_key",
    "credits_between",
    "due_between",
    "every_course_locked",
    "latest_enrolment",
    "live_enrolment",
    "live_enrolments_of",
    "live_in",
    "missing_prerequisites",
    "participants",
    "place_in_line",
    "prerequisite_pairs",
    "seats_taken",
    "waiting_for",
]
