"""Tables of reviews."""

from portal.reviews.models.batch import ReviewBatch
from portal.reviews.models.cycle import ReviewCycle, ReviewTemplate
from portal.reviews.models.part import PartRating, ReviewPart
from portal.reviews.models.reminder import ReviewReminder
from portal.reviews.models.review import (
    CalibrationChange,
    Review,
    ReviewRecord,
    ReviewSignature,
)

__all__ = [
    "CalibrationChange",
    "PartRating",
    "Review",
    "ReviewBatch",
    "ReviewCycle",
    "ReviewPart",
    "ReviewRecord",
    "ReviewReminder",
    "ReviewSignature",
    "ReviewTemplate",
]
