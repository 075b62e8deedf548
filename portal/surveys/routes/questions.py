"""Questions of a survey that nobody has seen."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.core.access import allowed
from portal.core.forms import check_version, form_page, refusals_to
from portal.surveys import operations, policy
from portal.surveys.forms import QuestionForm, question_data
from portal.surveys.models import Survey, SurveyQuestion
from portal.surveys.routes import bp
from portal.surveys.states import SurveyQuestionKind


@bp.route("/surveys/<int:survey_id>/questions/add", methods=["GET", "POST"])
@allowed(policy.change_survey, on=Survey)
def add_question(survey: Survey) -> ResponseReturnValue:
    """Ask one thing more."""
    form = QuestionForm(data={"kind": SurveyQuestionKind.SCALE})
    del form.position
    if form.validate_on_submit():
        with refusals_to(form):
            operations.add_question(survey, form.wording(), by=viewer())
            flash(_("Saved."), "ok")
            return _to(survey)
    return form_page("surveys/question_form.html", form, survey=survey, question=None)


@bp.route("/surveys/questions/<int:question_id>", methods=["GET", "POST"])
@allowed(policy.change_question, on=SurveyQuestion)
def change_question(question: SurveyQuestion) -> ResponseReturnValue:
    """Ask it otherwise."""
    form = QuestionForm(data=question_data(question))
    if form.validate_on_submit():
        with refusals_to(form):
            check_version(form, question)
            place = int(form.position.data or 1)
            operations.change_question(question, form.wording(), position=place, by=viewer())
            flash(_("Saved."), "ok")
            return _to(question.survey)
    page = "surveys/question_form.html"
    return form_page(page, form, survey=question.survey, question=question)


@bp.post("/surveys/questions/<int:question_id>/remove")
@allowed(policy.change_question, on=SurveyQuestion)
def remove_question(question: SurveyQuestion) -> ResponseReturnValue:
    """Ask it no more."""
    survey = question.survey
    operations.remove_question(question, by=viewer())
    flash(_("Removed."), "ok")
    return _to(survey)


def _to(survey: Survey) -> ResponseReturnValue:
    return redirect(url_for("surveys.survey", survey_id=survey.id), 303)
