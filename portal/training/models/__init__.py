"""Tables of training."""

from portal.training.models.course import (
    Course,
    CourseCompetency,
    CourseCredit,
    CoursePrerequisite,
    CreditCategory,
    EnrolmentRule,
    Programme,
    ProgrammeCourse,
)
from portal.training.models.enrolment import (
    Attempt,
    Completion,
    CourseSession,
    Credit,
    Enrolment,
    ProgrammeEnrolment,
)

__all__ = [
    "Attempt",
    "Completion",
    "Course",
    "CourseCompetency",
    "CourseCredit",
    "CoursePrerequisite",
    "CourseSession",
    "Credit",
    "CreditCategory",
    "Enrolment",
    "EnrolmentRule",
    "Programme",
    "ProgrammeCourse",
    "ProgrammeEnrolment",
]
