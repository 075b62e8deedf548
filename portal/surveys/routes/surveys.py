"""The list of surveys, one survey as HR looks after it, writing and changing it."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.accounts.viewer import viewer
from portal.core import i18n, tables
from portal.core.access import allowed, signed_in
from portal.core.db import db
from portal.core.forms import check_version, form_page, refusals_to
from portal.surveys import operations, policy, queries, results
from portal.surveys.forms import NewSurveyForm, SurveyForm, data_of
from portal.surveys.models import Survey
from portal.surveys.routes import bp
from portal.surveys.states import SurveyState

FILTERS = (
    tables.Filter("state", _l("State"), lambda states: Survey.state == states[0], SurveyState),
)
MOST_RESULTS = 20


@bp.get("/surveys")
@signed_in
def surveys() -> str:
    """What asks the reader, the results they may see, and for HR all there is."""
    keeps = policy.keep_surveys(viewer())
    bar = tables.FilterBar(FILTERS, request.args)
    sees = policy.see_some_results(viewer())
    over = queries.with_results(viewer()).limit(MOST_RESULTS)
    return render_template(
        "surveys/surveys.html",
        asking=db.session.scalars(queries.asking(viewer())).all(),
        answered=db.session.scalars(queries.answered_by(viewer())).all(),
        over=db.session.scalars(over).all() if sees and not keeps else [],
        sees=sees,
        bar=bar,
        page=_page(bar) if keeps else None,
        base=url_for("surveys.surveys"),
    )


def _page(bar: tables.FilterBar) -> tables.Page:
    order = ((Survey.opens_on, True), (Survey.id, True))
    return tables.page(
        bar.narrow(queries.surveys()), order=order, cursor=request.args.get("cursor")
    )


@bp.route("/surveys/new", methods=["GET", "POST"])
@allowed(policy.keep_surveys)
def add_survey() -> ResponseReturnValue:
    """Write a survey; ``?start=`` fills in the words of another."""
    starts = {one.key: one for one in operations.starts()}
    form = NewSurveyForm(data=data_of(None, starts.get(request.args.get("start", ""))))
    names = [(key, _named(one.title, key)) for key, one in starts.items()]
    form.start.offer = names
    if form.validate_on_submit():
        with refusals_to(form):
            start = starts.get(form.start.data or "")
            survey = operations.add_survey(form.terms(), start=start, by=viewer())
            flash(_("Saved. Nobody sees it before you open it."), "ok")
            return _to(survey)
    return form_page("surveys/survey_form.html", form, survey=None, starts=names)


def _named(title: dict[str, str], key: str) -> str:
    name = i18n.words(title)
    return _("%(name)s (written here)", name=name) if key.startswith("survey-") else name


@bp.get("/surveys/<int:survey_id>")
@allowed(policy.keep_survey, on=Survey)
def survey(survey: Survey) -> str:
    """One survey: its questions, how many have answered, and what can be done."""
    return render_template(
        "surveys/survey.html",
        survey=survey,
        parts=results.participation(survey, viewer()),
        lacking=_lacking(survey) if survey.may_change else [],
    )


def _lacking(survey: Survey) -> list[str]:
    """Languages of those asked in which some words are missing: they read English there."""
    audience = queries.audience_of(survey).subquery()
    spoken = set(db.session.scalars(sa.select(audience.c.language).distinct()))
    texts: list[dict[str, Any]] = [survey.title, survey.intro]
    for question in survey.questions:
        texts += [question.text, *question.choices]
    return [
        i18n.NATIVE_NAMES[tag]
        for tag in i18n.LOCALES
        if tag in spoken and any(not text.get(tag) for text in texts)
    ]


@bp.route("/surveys/<int:survey_id>/edit", methods=["GET", "POST"])
@allowed(policy.change_survey, on=Survey)
def change_survey(survey: Survey) -> ResponseReturnValue:
    """Change a survey that nobody has seen."""
    form = SurveyForm(data=data_of(survey))
    if form.validate_on_submit():
        with refusals_to(form):
            check_version(form, survey)
            operations.change_survey(survey, form.terms(), by=viewer())
            flash(_("Saved."), "ok")
            return _to(survey)
    return form_page("surveys/survey_form.html", form, survey=survey, starts=[])


def _to(survey: Survey) -> ResponseReturnValue:
    return redirect(url_for("surveys.survey", survey_id=survey.id), 303)
