"""Filling in, submitting and amending one's own scorecard."""

from __future__ import annotations

from flask import abort, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.core import audit, files
from portal.core.access import allowed
from portal.core.db import db
from portal.core.error_pages import someone_was_faster
from portal.core.errors import Refused, Stale
from portal.core.i18n import words
from portal.hiring.states import HiringFact
from portal.interviews import operations, policy, queries
from portal.interviews.forms import AmendmentSheet, Sheet
from portal.interviews.models import Scorecard
from portal.interviews.routes.blueprint import bp
from portal.interviews.script import QUESTIONS, ROLE_DETAILS, STEPS
from portal.interviews.states import InterviewState, ScorecardState, SkipReason


@bp.route("/interviews/scorecards/<int:scorecard_id>", methods=["GET", "POST"])
@allowed(policy.fill_scorecard, on=Scorecard)
def scorecard(scorecard: Scorecard) -> ResponseReturnValue:
    """The script with its questions; once submitted, what was submitted."""
    card = _with_script(scorecard)
    if request.method == "GET":
        if card.state is ScorecardState.SUBMITTED:
            return _page("interviews/scorecard_submitted.html", card, Sheet(card))
        return _page("interviews/scorecard.html", card, Sheet(card))
    sheet = Sheet(card, request.form)
    if card.state is ScorecardState.SUBMITTED:
        raise Refused(_("You have submitted this scorecard already."))
    if sheet.is_stale():
        sheet.errors["stale"] = someone_was_faster()
    elif sheet.add_problems(operations.problems(card, sheet.entries)):
        return _submit(card, sheet)
    return _page("interviews/scorecard.html", card, sheet, 422)


def _submit(card: Scorecard, sheet: Sheet) -> ResponseReturnValue:
    try:
        operations.save_draft(card, entries=sheet.entries, steps=sheet.steps, by=viewer())
        operations.submit_scorecard(card, by=viewer())
    except Refused as refused:
        sheet.errors[refused.field or "refused"] = refused.message
        db.session.rollback()
        return _page("interviews/scorecard.html", _with_script(card), sheet, 422)
    if card.interview.state is InterviewState.COMPLETE:
        flash(_("Submitted. You were the last: the panel is complete."), "ok")
        return redirect(url_for(".panel", interview_id=card.interview_id), 303)
    flash(_("Submitted. You see the others' ratings when the whole panel has submitted."), "ok")
    return redirect(url_for(".interviews"), 303)


@bp.get("/interviews/scorecards/<int:scorecard_id>/cv")
@allowed(policy.fill_scorecard, on=Scorecard)
def open_cv(scorecard: Scorecard) -> ResponseReturnValue:
    """The candidate's CV for one of the panel; that it was opened is recorded."""
    application = scorecard.interview.application
    if application.cv_file is None:
        abort(404)
    audit.record_reading(HiringFact.CV_OPENED, application, by=viewer())
    return files.respond(application.cv_file, inline=True)


@bp.post("/interviews/scorecards/<int:scorecard_id>/draft")
@allowed(policy.fill_scorecard, on=Scorecard, options=queries.WITH_ANSWERS)
def save_draft(scorecard: Scorecard) -> ResponseReturnValue:
    """Keep what was entered so far; scripts get the new version, forms the page again."""
    sheet = Sheet(scorecard, request.form)
    if sheet.is_stale():
        return _not_saved(scorecard, sheet, Stale(someone_was_faster()))
    if sheet.errors:
        return _not_saved(scorecard, sheet, Refused(next(iter(sheet.errors.values()))))
    operations.save_draft(scorecard, entries=sheet.entries, steps=sheet.steps, by=viewer())
    db.session.flush()
    if _is_script():
        return jsonify(version=scorecard.version)
    flash(_("Draft saved. Only you see it."), "ok")
    return redirect(url_for(".scorecard", scorecard_id=scorecard.id), 303)


def _not_saved(card: Scorecard, sheet: Sheet, refused: Refused) -> ResponseReturnValue:
    status = 409 if isinstance(refused, Stale) else 422
    if _is_script():
        return jsonify(error=refused.message), status
    if card.state is ScorecardState.SUBMITTED:
        raise refused
    if not sheet.errors:
        sheet.errors["refused"] = refused.message
    return _page("interviews/scorecard.html", _with_script(card), sheet, status)


@bp.route("/interviews/scorecards/<int:scorecard_id>/amend", methods=["GET", "POST"])
@allowed(policy.amend_scorecard, on=Scorecard)
def amend_scorecard(scorecard: Scorecard) -> ResponseReturnValue:
    """Change what was submitted, with a reason; what stood there is kept."""
    card = _with_script(scorecard)
    if request.method == "GET":
        return _page("interviews/amend_scorecard.html", card, AmendmentSheet(card))
    sheet = AmendmentSheet(card, request.form)
    if sheet.is_stale():
        sheet.errors["stale"] = someone_was_faster()
    if not sheet.reason:
        sheet.errors["reason"] = _("Say why the scorecard changes.")
    if sheet.add_problems(operations.problems(card, sheet.entries)):
        try:
            operations.amend_scorecard(
                card, entries=sheet.entries, reason=sheet.reason, by=viewer()
            )
        except Refused as refused:
            sheet.errors[refused.field or "refused"] = refused.message
        else:
            flash(_("Amended. What stood there before is kept with your reason."), "ok")
            return redirect(url_for(".scorecard", scorecard_id=card.id), 303)
    return _page("interviews/amend_scorecard.html", card, sheet, 422)


def _with_script(card: Scorecard) -> Scorecard:
    """The same row with all its page shows, in a few statements."""
    found = queries.card_with_script(card.id).execution_options(populate_existing=True)
    return db.session.scalars(found).one()


def _is_script() -> bool:
    return request.accept_mimetypes.best == "application/json"


def _page(template: str, card: Scorecard, sheet: Sheet, status: int = 200) -> ResponseReturnValue:
    """A page of the scorecard; what was sent stands in ``sheet``, not in the record."""
    application = card.interview.application
    body = render_template(
        template,
        card=card,
        interview=card.interview,
        sheet=sheet,
        application=application,
        steps=STEPS,
        questions_step=QUESTIONS,
        role_step=ROLE_DETAILS,
        skips=SkipReason,
        requisition=application.posting.requisition,
        answers=[(words(text), answer) for text, answer in application.answered],
        cv_url=url_for(".open_cv", scorecard_id=card.id),
        form=sheet if sheet.errors else None,
    )
    return body, status
