"""Tables of mentoring."""

from portal.mentoring.models.mentor import MentorOffer, MentorProfile
from portal.mentoring.models.pair import MentoringFeedback, MentoringPair, PairGoal
from portal.mentoring.models.programme import (
    MentoringEntry,
    MentoringGoal,
    MentoringMatch,
    MentoringProgramme,
    MentoringWish,
)
from portal.mentoring.models.session import MentoringAction, MentoringSession

__all__ = [
    "MentorOffer",
    "MentorProfile",
    "MentoringAction",
    "MentoringEntry",
    "MentoringFeedback",
    "MentoringGoal",
    "MentoringMatch",
    "MentoringPair",
    "MentoringProgramme",
    "MentoringSession",
    "MentoringWish",
    "PairGoal",
]
