"""Forms of training."""

from portal.training.forms.course import CategoryForm, CourseForm, course_form, data_of
from portal.training.forms.enrolment import EnrolForm, ResultForm
from portal.training.forms.session import ResultsForm, SessionForm, plan_data, results_form

__all__ = [
    "CategoryForm",
    "CourseForm",
    "EnrolForm",
    "ResultForm",
    "ResultsForm",
    "SessionForm",
    "course_form",
    "data_of",
    "plan_data",
    "results_form",
]
