"""What people send in hiring, one module for each noun."""

from portal.hiring.forms.posting import (
    ComposeForm,
    CriteriaForm,
    PosterForm,
    PostingForm,
    PostingTextForm,
    ReopenForm,
    ToneForm,
    native_languages,
)
from portal.hiring.forms.requisition import ApprovalForm, DecisionForm, RequisitionForm

__all__ = [
    "ApprovalForm",
    "ComposeForm",
    "CriteriaForm",
    "DecisionForm",
    "PosterForm",
    "PostingForm",
    "PostingTextForm",
    "ReopenForm",
    "RequisitionForm",
    "ToneForm",
    "native_languages",
]
