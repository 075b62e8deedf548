"""What people send around interviews."""

from portal.interviews.forms.panel import DecisionForm, RecordForm
from portal.interviews.forms.plan import PlanForm, RoundForm
from portal.interviews.forms.questions import NewQuestionForm, QuestionForm
from portal.interviews.forms.schedule import RescheduleForm, ScheduleForm
from portal.interviews.forms.scorecard import AmendmentSheet, Sheet

__all__ = [
    "AmendmentSheet",
    "DecisionForm",
    "NewQuestionForm",
    "PlanForm",
    "QuestionForm",
    "RecordForm",
    "RescheduleForm",
    "RoundForm",
    "ScheduleForm",
    "Sheet",
]
