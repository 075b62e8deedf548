"""Tables of onboarding: templates, plans with their tasks, check-ins, probation decisions."""

from portal.onboarding.models.check_in import OnboardingCheckIn
from portal.onboarding.models.plan import OnboardingPlan, OnboardingTask
from portal.onboarding.models.probation import ProbationDecision
from portal.onboarding.models.template import OnboardingTemplate

__all__ = [
    "OnboardingCheckIn",
    "OnboardingPlan",
    "OnboardingTask",
    "OnboardingTemplate",
    "ProbationDecision",
]
