"""Answering a survey, and what it found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.accounts.viewer import viewer
from portal.core import clock, i18n, tables
from portal.core.access import allowed
from portal.core.db import db
from portal.core.forms import form_page, refusals_to
from portal.surveys import operations, policy, queries, wording
from portal.surveys import results as finding
from portal.surveys.forms import answer_form
from portal.surveys.models import Survey
from portal.surveys.results import Found, Line
from portal.surveys.routes import bp
from portal.surveys.states import SurveyQuestionKind


@bp.route("/surveys/<int:survey_id>/answer", methods=["GET", "POST"])
@allowed(policy.answer_survey, on=Survey)
def answer_survey(survey: Survey) -> ResponseReturnValue:
    """The sheet; whoever has answered is thanked, whoever is not asked stays out."""
    receipt = db.session.scalar(queries.receipt_of(survey, viewer().person_id))
    if receipt is None:
        abort(403)
    over = not survey.is_open or survey.closes_on < clock.today(viewer().time_zone)
    if receipt.answered or over:
        return render_template("surveys/answered.html", survey=survey, answered=receipt.answered)
    form = answer_form(survey)
    if form.validate_on_submit():
        with refusals_to(form):
            operations.answer_survey(survey, form.answers(survey), by=viewer())
            flash(_("Thank you. Your answers are counted."), "ok")
            return redirect(url_for("surveys.answer_survey", survey_id=survey.id), 303)
    return form_page("surveys/answer.html", form, survey=survey)


@bp.get("/surveys/<int:survey_id>/results")
@allowed(policy.see_results, on=Survey)
def results(survey: Survey) -> str:
    """What the survey found, as far as the reader may see it."""
    earlier, found = _found(survey)
    return render_template(
        "surveys/results.html",
        survey=survey,
        earlier=earlier,
        found=found,
        parts=finding.participation(survey, viewer()),
        all_results=policy.sees_all_results(viewer()),
        wording=wording,
    )


def _found(survey: Survey) -> tuple[Survey | None, list[Found]]:
    earlier = db.session.scalar(queries.previous(survey))
    return earlier, finding.found_by(survey, viewer(), earlier)


@bp.get("/surveys/<int:survey_id>/results/export/<any(csv, xlsx):kind>")
@allowed(policy.see_results, on=Survey)
def export_results(survey: Survey, kind: str) -> Response:
    """Download the figures of groups; never a single answer."""
    _earlier, found = _found(survey)
    columns = (
        tables.Column(_l("Question"), lambda row: i18n.words(row[0].question.text)),
        tables.Column(_l("Group"), lambda row: row[1].group),
        tables.Column(_l("Answers"), lambda row: row[1].now.answers),
        tables.Column(_l("Average"), lambda row: _mean(row[1])),
        tables.Column(_l("eNPS"), lambda row: _enps(row[1])),
        tables.Column(_l("Share of each answer"), lambda row: wording.shares(row[1].now)),
        tables.Column(_l("Survey before"), lambda row: wording.score(row[1].before)),
    )
    return tables.export(_rows(found), columns, kind, i18n.words(survey.title))


def _rows(found: list[Found]) -> Iterator[tuple[Found, Line]]:
    return ((one, line) for one in found for line in one.lines)


def _mean(line: Line) -> Any:  # noqa: ANN401 - a number or nothing
    return round(line.now.mean, 2) if line.now.question.kind is SurveyQuestionKind.SCALE else None


def _enps(line: Line) -> Any:  # noqa: ANN401 - as above
    recommends = line.now.question.kind is SurveyQuestionKind.RECOMMEND
    return round(line.now.score) if recommends else None
