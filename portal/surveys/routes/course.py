"""Opening a survey, reminding, letting it last longer, ending it."""

from __future__ import annotations

from datetime import date
from typing import cast

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.core import i18n
from portal.core.access import allowed
from portal.core.forms import check_version, form_page, refusals_to
from portal.surveys import operations, policy
from portal.surveys.forms import ExtendForm
from portal.surveys.models import Survey
from portal.surveys.routes import bp


@bp.post("/surveys/<int:survey_id>/open")
@allowed(policy.keep_survey, on=Survey)
def open_survey(survey: Survey) -> ResponseReturnValue:
    """Open it now, or on its first day."""
    operations.open_survey(survey, by=viewer())
    opens = _("It opens by itself on %(day)s.", day=i18n.date(survey.opens_on))
    flash(_("The survey is open, and people are told.") if survey.is_open else opens, "ok")
    return _to(survey)


@bp.post("/surveys/<int:survey_id>/remind")
@allowed(policy.keep_survey, on=Survey)
def remind(survey: Survey) -> ResponseReturnValue:
    """Remind those who have not answered."""
    operations.remind(survey, by=viewer())
    flash(_("Those who have not answered are reminded."), "ok")
    return _to(survey)


@bp.route("/surveys/<int:survey_id>/extend", methods=["GET", "POST"])
@allowed(policy.keep_survey, on=Survey)
def extend_survey(survey: Survey) -> ResponseReturnValue:
    """Let it last longer."""
    form = ExtendForm(data={"version": survey.version, "closes_on": survey.closes_on})
    if form.validate_on_submit():
        with refusals_to(form):
            check_version(form, survey)
            operations.extend_survey(survey, cast("date", form.closes_on.data), by=viewer())
            flash(_("Saved."), "ok")
            return _to(survey)
    return form_page("surveys/extend_survey.html", form, survey=survey)


@bp.post("/surveys/<int:survey_id>/close")
@allowed(policy.keep_survey, on=Survey)
def close_survey(survey: Survey) -> ResponseReturnValue:
    """End it for good."""
    operations.close_survey(survey, by=viewer())
    flash(_("The survey is over. Here are the results."), "ok")
    return redirect(url_for("surveys.results", survey_id=survey.id), 303)


def _to(survey: Survey) -> ResponseReturnValue:
    return redirect(url_for("surveys.survey", survey_id=survey.id), 303)
