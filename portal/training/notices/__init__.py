"""Who is told what about training, by notice and mail, with an entry for the calendar."""

from portal.training.notices.credit import (
    hours_claimed,
    hours_decided,
    programme_completed,
)
from portal.training.notices.enrolment import (
    enrolled,
    enrolment_cancelled,
    moved_up,
    remind,
    seat_given_up,
)
from portal.training.notices.kinds import TrainingNotice
from portal.training.notices.session import (
    absent,
    no_seat,
    result,
    session_cancelled,
    session_changed,
    teaches,
)

__all__ = [
    "TrainingNotice",
    "absent",
    "enrolled",
    "enrolment_cancelled",
    "hours_claimed",
    "hours_decided",
    "moved_up",
    "no_seat",
    "programme_completed",
    "remind",
    "result",
    "seat_given_up",
    "session_cancelled",
    "session_changed",
    "teaches",
]
