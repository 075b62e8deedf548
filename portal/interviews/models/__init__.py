"""Tables of structured interviews."""

from portal.interviews.models.interview import (
    Amendment,
    Interview,
    PanelDecision,
    Scorecard,
    ScorecardAnswer,
)
from portal.interviews.models.plan import (
    InterviewPlan,
    PlanCompetency,
    PlanQuestion,
    PlanRound,
    Question,
)

__all__ = [
    "Amendment",
    "Interview",
    "InterviewPlan",
    "PanelDecision",
    "PlanCompetency",
    "PlanQuestion",
    "PlanRound",
    "Question",
    "Scorecard",
    "ScorecardAnswer",
]
