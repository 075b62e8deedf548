"""What is asked of training, as selects."""

from __future__ import annotations

from portal.training.queries.catalogue import catalogue, missing_prerequisites
from portal.training.queries.completions import completion_on, completions_of, credits_between
from portal.training.queries.enrolments import (
    latest_enrolment,
    live_enrolment,
    live_enrolments_of,
    seats_taken,
    waiting_for,
)

__all__ = [
    "catalogue",
    "completion_on",
    "completions_of",
    "credits_between",
    "latest_enrolment",
    "live_enrolment",
    "live_enrolments_of",
    "missing_prerequisites",
    "seats_taken",
    "waiting_for",
]
