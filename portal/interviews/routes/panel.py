"""The panel side by side, its decision, and the record of it on paper."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.core import audit, documents
from portal.core.access import allowed
from portal.core.db import db
from portal.core.forms import form_page, refusals_to
from portal.core.i18n import current_locale
from portal.interviews import operations, policy, queries
from portal.interviews.documents import KIND
from portal.interviews.forms import DecisionForm, RecordForm
from portal.interviews.models import Interview, PanelDecision
from portal.interviews.routes.blueprint import bp
from portal.interviews.sidebyside import side_by_side
from portal.interviews.states import InterviewFact, Outcome


@bp.get("/interviews/<int:interview_id>/panel")
@allowed(policy.see_ratings, on=Interview)
def panel(interview: Interview) -> ResponseReturnValue:
    """Every note and rating side by side, and what the formula makes of them."""
    about = interview.application.person_id
    audit.record_reading(InterviewFact.PANEL_OPENED, interview, by=viewer(), about=about)
    return _page(interview, DecisionForm())


@bp.post("/interviews/<int:interview_id>/decision")
@allowed(policy.decide, on=Interview)
def decide(interview: Interview) -> ResponseReturnValue:
    """Decide on the application."""
    form = DecisionForm()
    if form.validate_on_submit():
        with refusals_to(form):
            decision = operations.decide(
                interview,
                outcome=form.outcome.data,
                override_reason=form.override_reason.data,
                note=form.note.data,
                by=viewer(),
            )
            flash(_said(decision), "ok")
            return redirect(url_for(".panel", interview_id=interview.id), 303)
    return _page(interview, form)


def _said(decision: PanelDecision) -> str:
    if decision.outcome is Outcome.REJECT:
        return _("Decided: the candidate gets a kind answer in a few minutes.")
    if decision.interview.round.is_last:
        return _("Decided: the application advances.")
    return _("Decided: the application goes on to the next round. Schedule it now.")


@bp.post("/interviews/<int:interview_id>/record")
@allowed(policy.print_record, on=Interview)
def print_record(interview: Interview) -> ResponseReturnValue:
    """Have the decision record printed."""
    form = RecordForm()
    if not form.validate_on_submit():
        return redirect(url_for(".panel", interview_id=interview.id), 303)
    document = operations.print_record(interview, locale=form.language.data, by=viewer())
    return redirect(url_for("documents.read_document", document_id=document.id), 303)


def _page(interview: Interview, form: DecisionForm) -> ResponseReturnValue:
    found = queries.panel_of(interview.id).execution_options(populate_existing=True)
    interview = db.session.scalars(found).one()
    papers = []
    if viewer().has_role("hr"):
        papers = list(db.session.scalars(documents.documents_of(interview, KIND).limit(10)))
    return form_page(
        "interviews/panel.html",
        form,
        interview=interview,
        application=interview.application,
        view=side_by_side(interview),
        papers=papers,
        record_form=RecordForm(formdata=None, data={"language": current_locale()}),
    )
