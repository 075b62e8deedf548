"""The question bank."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.accounts.viewer import viewer
from portal.competencies.models import Competency
from portal.core import tables
from portal.core.access import allowed
from portal.core.db import db
from portal.core.forms import form_page
from portal.core.i18n import words
from portal.interviews import operations, policy, queries
from portal.interviews.forms import NewQuestionForm, QuestionForm
from portal.interviews.forms.questions import question_values
from portal.interviews.models import Question
from portal.interviews.routes.blueprint import bp
from portal.interviews.states import QuestionKind, QuestionLevel


def _competencies() -> list[tuple[int, str]]:
    rows = db.session.scalars(queries.competencies_with_names())
    return [(row.id, words(row.current.name) if row.current else row.key) for row in rows]


@bp.get("/settings/questions")
@allowed(policy.curate_questions)
def questions() -> ResponseReturnValue:
    """Every question, by competency."""
    competencies = _competencies()
    bar = tables.FilterBar(
        (
            tables.Filter(
                "competency",
                _l("Competency"),
                lambda ids: Question.competency_id == ids[0],
                competencies,
            ),
            tables.Filter(
                "kind", _l("Kind"), lambda kinds: Question.kind == kinds[0], QuestionKind
            ),
            tables.Filter(
                "level", _l("Suits"), lambda levels: Question.level == levels[0], QuestionLevel
            ),
        ),
        request.args,
    )
    select = bar.narrow(queries.bank())
    page = tables.page(
        select,
        order=[(Competency.order, False), (Competency.id, False), (Question.id, False)],
        cursor=request.args.get("cursor"),
    )
    return render_template(
        "interviews/questions.html",
        page=page,
        bar=bar,
        names=dict(competencies),
        count=tables.count(select),
    )


@bp.route("/settings/questions/new", methods=["GET", "POST"])
@allowed(policy.curate_questions)
def add_to_bank() -> ResponseReturnValue:
    """Write a question of one's own."""
    form = NewQuestionForm()
    form.competency.offer = _competencies()
    if form.validate_on_submit():
        added = operations.add_to_bank(
            competency=db.session.get_one(Competency, form.competency.data),
            kind=form.kind.data,
            level=form.level.data,
            text=form.text.data,
            probes=form.probes(),
            listen_for=form.listen_for(),
            by=viewer(),
        )
        flash(_("Question added. Plans made from now on can ask it."), "ok")
        return redirect(url_for(".question", question_id=added.id), 303)
    return form_page("interviews/add_to_bank.html", form)


@bp.route("/settings/questions/<int:question_id>", methods=["GET", "POST"])
@allowed(policy.curate_question, on=Question)
def question(question: Question) -> ResponseReturnValue:
    """A question in its four languages, to be reworded or retired."""
    form = QuestionForm(data=question_values(question))
    if form.validate_on_submit():
        operations.change_question(
            question,
            text=form.text.data,
            probes=form.probes(),
            listen_for=form.listen_for(),
            is_active=form.is_active.data,
            by=viewer(),
        )
        flash(_("Question saved. Plans that are pinned keep their wording."), "ok")
        return redirect(url_for(".question", question_id=question.id), 303)
    return form_page("interviews/question.html", form, question=question)
