"""Tables of development."""

from portal.development.models.assessment import (
    Assessment,
    AssessmentAnswer,
    AssessmentFile,
    AssessmentLine,
    AssessmentSheet,
)
from portal.development.models.feedback import (
    FeedbackAnswer,
    FeedbackReply,
    FeedbackRequest,
    FeedbackTopic,
)
from portal.development.models.plan import CareerPlan, PlanAction

__all__ = [
    "Assessment",
    "AssessmentAnswer",
    "AssessmentFile",
    "AssessmentLine",
    "AssessmentSheet",
    "CareerPlan",
    "FeedbackAnswer",
    "FeedbackReply",
    "FeedbackRequest",
    "FeedbackTopic",
    "PlanAction",
]
