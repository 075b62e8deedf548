"""What is asked of training, as selects."""

from __future__ import annotations

from portal.training.queries.catalogue import (
    catalogue,
    categories,
    category_with_key,
    competencies_taught,
    course_with_all,
    course_with_key,
    courses_listed,
    every_course_locked,
    found_by,
    missing_prerequisites,
    other_courses,
    prerequisite_pairs,
    teaching,
    worth_hours_in,
)
from portal.training.queries.completions import (
    completion_on,
    completions_of,
    credits_between,
    done_in,
    hours_by_year,
    summary_of,
)
from portal.training.queries.enrolments import (
    due_between,
    ended_enrolments_of,
    latest_enrolment,
    live_enrolment,
    live_enrolments_of,
    live_in,
    participants,
    place_in_line,
    seats_taken,
    standing_in,
    waiting_for,
)
from portal.training.queries.people import (
    people_to_enrol,
)
from portal.training.queries.sessions import (
    coming_sessions,
    next_sessions,
    sessions_listed,
)

__all__ = [
    "catalogue",
    "categories",
    "category_with_key",
    "coming_sessions",
    "competencies_taught",
    "completion_on",
    "completions_of",
    "course_with_all",
    "course_with_key",
    "courses_listed",
    "credits_between",
    "done_in",
    "due_between",
    "ended_enrolments_of",
    "every_course_locked",
    "found_by",
    "hours_by_year",
    "latest_enrolment",
    "live_enrolment",
    "live_enrolments_of",
    "live_in",
    "missing_prerequisites",
    "next_sessions",
    "other_courses",
    "participants",
    "people_to_enrol",
    "place_in_line",
    "prerequisite_pairs",
    "seats_taken",
    "sessions_listed",
    "standing_in",
    "summary_of",
    "teaching",
    "waiting_for",
    "worth_hours_in",
]
