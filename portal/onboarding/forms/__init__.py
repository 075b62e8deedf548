"""Forms of onboarding."""

from portal.onboarding.forms.check_in import AgreeForm, HeldForm, WordsForm
from portal.onboarding.forms.probation import ProbationForm, ReturnForm
from portal.onboarding.forms.task import BuddyForm, EvidenceForm, HandOverForm
from portal.onboarding.forms.template import EntryForm, NewTemplateForm, TemplateForm

__all__ = [
    "AgreeForm",
    "BuddyForm",
    "EntryForm",
    "EvidenceForm",
    "HandOverForm",
    "HeldForm",
    "NewTemplateForm",
    "ProbationForm",
    "ReturnForm",
    "TemplateForm",
    "WordsForm",
]
