"""Filling in one side of an assessment: draft, submission, files."""

from __future__ import annotations

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.core import audit, files
from portal.core.access import allowed
from portal.core.db import db
from portal.core.error_pages import someone_was_faster
from portal.core.errors import Refused, Stale
from portal.core.forms import refusals_to
from portal.development import operations, policy, queries
from portal.development.forms.assessment import EvidenceForm, Sheet
from portal.development.models import AssessmentFile, AssessmentSheet
from portal.development.routes import bp
from portal.development.states import AssessmentState, DevelopmentFact


@bp.route("/development/sheets/<int:sheet_id>", methods=["GET", "POST"])
@allowed(policy.fill_sheet, on=AssessmentSheet)
def sheet(sheet: AssessmentSheet) -> ResponseReturnValue:
    """One's side with the five sentences in sight; once submitted, what was submitted."""
    row = _in_full(sheet)
    if request.method == "GET":
        return _page(row, _fresh(row))
    operations.require_open(row)
    sent = Sheet(row, request.form)
    if sent.is_stale():
        sent.errors["stale"] = someone_was_faster()
        return _page(row, sent, 409)
    if not sent.add_problems(operations.problems(row, sent.entries)):
        return _page(row, sent, 422)
    operations.save_sheet(row, sent.entries, by=viewer())
    operations.submit_sheet(row, by=viewer())
    if row.assessment.state is AssessmentState.COMPLETE:
        flash(_("Submitted. Both sides are in: you see them side by side."), "ok")
    else:
        flash(_("Submitted. You see the other side once it is in as well."), "ok")
    return redirect(url_for(".assessment", assessment_id=row.assessment_id), 303)


def _fresh(row: AssessmentSheet) -> Sheet:
    """What stands in the record; whoever takes over from a former manager sees an empty sheet."""
    found = Sheet(row)
    if row.author_id not in {None, viewer().id}:
        found.entries = {}
    return found


@bp.post("/development/sheets/<int:sheet_id>/draft")
@allowed(policy.fill_sheet, on=AssessmentSheet)
def save_sheet(sheet: AssessmentSheet) -> ResponseReturnValue:
    """Keep what was entered so far; scripts get the new version, forms the page again."""
    row = _in_full(sheet)
    sent = Sheet(row, request.form)
    if row.is_submitted:
        return _not_saved(row, sent, Refused(_("You have submitted this side already.")))
    if sent.is_stale():
        return _not_saved(row, sent, Stale(someone_was_faster()))
    if sent.errors:
        return _not_saved(row, sent, Refused(next(iter(sent.errors.values()))))
    operations.save_sheet(row, sent.entries, by=viewer())
    db.session.flush()
    if _is_script():
        return jsonify(version=row.version)
    flash(_("Draft saved. Only you see it."), "ok")
    return redirect(url_for(".sheet", sheet_id=row.id), 303)


def _not_saved(row: AssessmentSheet, sent: Sheet, refused: Refused) -> ResponseReturnValue:
    status = 409 if isinstance(refused, Stale) else 422
    if _is_script():
        return jsonify(error=refused.message), status
    if row.is_submitted:
        raise refused
    if not sent.errors:
        sent.errors["refused"] = refused.message
    return _page(row, sent, status)


@bp.post("/development/sheets/<int:sheet_id>/files")
@allowed(policy.fill_sheet, on=AssessmentSheet)
def add_file(sheet: AssessmentSheet) -> ResponseReturnValue:
    """Attach a file that shows what one's side says."""
    row, form = _in_full(sheet), EvidenceForm()
    if form.validate_on_submit():
        with refusals_to(form):
            operations.add_file(row, form.stored_file(), by=viewer())
            flash(_("Attached."), "ok")
            return redirect(url_for(".sheet", sheet_id=row.id, _anchor="files"), 303)
    return _page(row, _fresh(row), 422, form)


@bp.get("/development/files/<int:assessment_file_id>")
@allowed(policy.read_file, on=AssessmentFile)
def read_file(assessment_file: AssessmentFile) -> ResponseReturnValue:
    """A file; others than who attached it leave a trace."""
    owner = assessment_file.sheet
    if owner.author_id != viewer().id:
        about = owner.assessment.person_id
        audit.record_reading(DevelopmentFact.FILE_READ, owner, by=viewer(), about=about)
    return files.respond(assessment_file.file)


@bp.post("/development/files/<int:assessment_file_id>/remove")
@allowed(policy.remove_file, on=AssessmentFile)
def remove_file(assessment_file: AssessmentFile) -> ResponseReturnValue:
    """Take a file away before one's side is submitted."""
    key = assessment_file.sheet_id
    operations.remove_file(assessment_file)
    flash(_("Taken away."), "ok")
    return redirect(url_for(".sheet", sheet_id=key, _anchor="files"), 303)


def _in_full(row: AssessmentSheet) -> AssessmentSheet:
    found = queries.sheet_in_full(row.id).execution_options(populate_existing=True)
    return db.session.scalars(found).one()


def _is_script() -> bool:
    return request.accept_mimetypes.best == "application/json"


def _page(
    row: AssessmentSheet, sheet: Sheet, status: int = 200, file_form: EvidenceForm | None = None
) -> ResponseReturnValue:
    """The page of one side; what was sent stands in ``sheet``, not in the record."""
    taken_over = row.author_id not in {None, viewer().id}
    body = render_template(
        "development/sheet.html",
        row=row,
        assessment=row.assessment,
        own=policy.is_own(viewer(), row.person),
        sheet=sheet,
        files=[] if taken_over else row.files,
        file_form=file_form or EvidenceForm(formdata=None),
        form=sheet if sheet.errors else None,
    )
    return body, status
