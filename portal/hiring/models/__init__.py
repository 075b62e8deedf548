"""Tables of hiring."""

from portal.hiring.models.application import (
    Application,
    DemographicAnswer,
    ScreeningResult,
    StageCount,
)
from portal.hiring.models.posting import Posting, ScreeningCriteria
from portal.hiring.models.requisition import ApprovalStep, Requisition, StepDecision

__all__ = [
    "Application",
    "ApprovalStep",
    "DemographicAnswer",
    "Posting",
    "Requisition",
    "ScreeningCriteria",
    "ScreeningResult",
    "StageCount",
    "StepDecision",
]
