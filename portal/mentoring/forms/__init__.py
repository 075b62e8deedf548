"""Forms of mentoring."""

from portal.mentoring.forms.choices import competency_offer, goals_of, other_side
from portal.mentoring.forms.feedback import feedback_form
from portal.mentoring.forms.joining import (
    AskForm,
    EndForm,
    MenteeForm,
    MentorForm,
    PairGoalsForm,
    ProfileForm,
    profile_data,
)
from portal.mentoring.forms.programme import (
    HandForm,
    ProgrammeForm,
    WeightsForm,
    programme_form,
    weights_data,
)
from portal.mentoring.forms.session import (
    ActionForm,
    ObserveForm,
    PlanForm,
    WordsForm,
    plan_data,
)

__all__ = [
    "ActionForm",
    "AskForm",
    "EndForm",
    "HandForm",
    "MenteeForm",
    "MentorForm",
    "ObserveForm",
    "PairGoalsForm",
    "PlanForm",
    "ProfileForm",
    "ProgrammeForm",
    "WeightsForm",
    "WordsForm",
    "competency_offer",
    "feedback_form",
    "goals_of",
    "other_side",
    "plan_data",
    "profile_data",
    "programme_form",
    "weights_data",
]
