"""The way to a certificate: what is met, what is missing, and handing it in."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import cast

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.certification import operations, policy
from portal.certification.forms.award import EvidenceForm, HandInForm
from portal.certification.models import Criterion, Pursuit, PursuitEvidence
from portal.certification.operations.conditions import today_of
from portal.certification.progress import Progress
from portal.certification.routes import bp
from portal.certification.states import CertificationFact
from portal.core import audit, files
from portal.core.access import allowed
from portal.core.db import db
from portal.core.errors import NotFound, Refused
from portal.core.forms import refusal_to_field
from portal.core.i18n import words
from portal.training import queries as training

Sent = tuple[Criterion, EvidenceForm]
"""A criterion with the form that came back for it."""


@bp.get("/certification/pursuits/<int:pursuit_id>")
@allowed(policy.see_pursuit, on=Pursuit)
def pursuit(pursuit: Pursuit) -> ResponseReturnValue:
    """Each criterion with what meets it."""
    if pursuit.award_id is not None:
        return redirect(url_for("certification.award", award_id=pursuit.award_id))
    return _page(pursuit)


@bp.post("/certification/pursuits/<int:pursuit_id>/evidence")
@allowed(policy.give_evidence, on=Pursuit)
def give_evidence(pursuit: Pursuit) -> ResponseReturnValue:
    """Save what was brought for one criterion."""
    criterion = _criterion(pursuit)
    form = EvidenceForm(prefix=f"criterion-{criterion.id}-")
    if form.validate_on_submit():
        try:
            operations.give_evidence(
                pursuit,
                criterion,
                note=form.note.data or "",
                file=form.stored_file(),
                by=viewer(),
            )
        except Refused as refused:
            refusal_to_field(form, refused)
        else:
            flash(_("Saved: %(what)s", what=words(criterion.text)), "ok")
            return _back(pursuit, criterion)
    return _page(pursuit, sent=(criterion, form)), 422


@bp.post("/certification/pursuits/<int:pursuit_id>/enrol")
@allowed(policy.enrol_for_pursuit, on=Pursuit)
def enrol_for_pursuit(pursuit: Pursuit) -> ResponseReturnValue:
    """Enrol in the course that meets a criterion."""
    criterion = _criterion(pursuit)
    if criterion.course is None:
        raise NotFound
    operations.enrol_for_pursuit(pursuit, criterion.course, by=viewer())
    flash(_("Enrolled: %(course)s", course=words(criterion.course.title)), "ok")
    return _back(pursuit, criterion)


@bp.post("/certification/pursuits/<int:pursuit_id>/hand-in")
@allowed(policy.hand_in, on=Pursuit)
def hand_in(pursuit: Pursuit) -> ResponseReturnValue:
    """Turn it into an award."""
    form = HandInForm()
    if not form.validate_on_submit():
        return _page(pursuit, hand_in_form=form), 422
    try:
        award = operations.hand_in(
            pursuit,
            completed_on=cast("date", form.completed_on.data),
            reference=form.reference.data or "",
            by=viewer(),
        )
    except Refused as refused:
        if refused.field is None:
            raise
        refusal_to_field(form, refused)
        return _page(pursuit, hand_in_form=form), 422
    if award.needs_check and award.check is None:
        flash(_("Handed in. A second person checks it; until then it does not count."), "ok")
    else:
        flash(_("Awarded. Congratulations!"), "ok")
    return redirect(url_for("certification.award", award_id=award.id), 303)


@bp.post("/certification/pursuits/<int:pursuit_id>/give-up")
@allowed(policy.give_up_pursuit, on=Pursuit)
def give_up_pursuit(pursuit: Pursuit) -> ResponseReturnValue:
    """End it without an award."""
    operations.give_up_pursuit(pursuit, by=viewer())
    flash(_("Ended. You can start again at any time."), "ok")
    where = url_for("certification.person_certificates", person_id=pursuit.person_id)
    return redirect(where, 303)


@bp.get("/certification/pursuit-evidence/<int:evidence_id>")
@allowed(policy.read_pursuit_evidence, on=PursuitEvidence)
def pursuit_evidence(evidence: PursuitEvidence) -> Response:
    """The file that was brought for a criterion."""
    if evidence.file is None:
        raise NotFound
    if viewer().person_id != evidence.pursuit.person_id:
        audit.record_reading(
            CertificationFact.EVIDENCE_READ,
            evidence,
            by=viewer(),
            about=evidence.pursuit.person_id,
        )
    return files.respond(evidence.file)


def _page(row: Pursuit, *, sent: Sent | None = None, hand_in_form: HandInForm | None = None) -> str:
    today = today_of(row.person)
    progress = operations.progress_on(row, today)
    enrolled = {
        enrolment.course_id: enrolment
        for enrolment in db.session.scalars(training.live_enrolments_of(row.person_id))
    }
    return render_template(
        "certification/pursuit.html",
        pursuit=row,
        own=row.person_id == viewer().person_id,
        today=today,
        progress=progress,
        enrolled=enrolled,
        form=sent[1] if sent else hand_in_form,
        sent=sent[0] if sent else None,
        form_of=partial(_form_of, sent),
        hand_in_form=hand_in_form or _hand_in_form(progress, today),
    )


def _hand_in_form(progress: Progress, today: object) -> HandInForm:
    days = [line.completion.completed_on for line in progress.lines if line.completion]
    only_courses = progress.courses_only and days
    return HandInForm(formdata=None, completed_on=max(days) if only_courses else today)


def _form_of(
    sent: Sent | None, criterion: Criterion, evidence: PursuitEvidence | None
) -> EvidenceForm:
    if sent and sent[0] is criterion:
        return sent[1]
    note = evidence.note if evidence else ""
    return EvidenceForm(formdata=None, prefix=f"criterion-{criterion.id}-", note=note)


def _criterion(pursuit: Pursuit) -> Criterion:
    """The criterion that was sent, if it is of this certification."""
    sent = request.form.get("criterion", "")
    key = int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 10 else 0
    row = db.session.get(Criterion, key)
    if row is None or row.certification_version.certification_id != pursuit.certification_id:
        raise NotFound
    return row


def _back(pursuit: Pursuit, criterion: Criterion) -> ResponseReturnValue:
    anchor = f"criterion-{criterion.id}"
    return redirect(url_for("certification.pursuit", pursuit_id=pursuit.id, _anchor=anchor), 303)
