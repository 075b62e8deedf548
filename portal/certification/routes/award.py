"""One award: what showed it, who checked it, what became of it; and the list of checks."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any, cast

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.certification import operations, policy, queries
from portal.certification.forms.award import CheckForm, CorrectForm, RevokeForm
from portal.certification.models import Award, AwardEvidence
from portal.certification.parts import parts_of
from portal.certification.routes import bp
from portal.certification.routes.as_of import day_asked, today
from portal.certification.standing import Facts, standing_of_award
from portal.certification.states import CertificationFact
from portal.core import audit, files
from portal.core.access import allowed, signed_in
from portal.core.db import db
from portal.core.errors import NotFound, Refused
from portal.core.forms import Form, refusal_to_field
from portal.core.tables import page

SIZE = 25
REVOKE, CORRECT = "revoke-", "correct-"
"""Prefixes of the forms that stand on one page."""


@bp.get("/certification/awards/<int:award_id>")
@allowed(policy.see_award, on=Award, options=queries.AWARD_FACTS)
def award(award: Award) -> str:
    """One award as of a day."""
    return _page(award)


@bp.post("/certification/awards/<int:award_id>/check")
@allowed(policy.check_award, on=Award)
def check_award(award: Award) -> ResponseReturnValue:
    """Say whether the evidence shows what it should."""
    form, agreed = _check_form(award), request.form.get("agreed") == "yes"
    if form.validate_on_submit() and "agreed" not in request.form:
        refusal_to_field(form, Refused(_("Say whether you agree."), "note"))
    if form.errors or not form.is_submitted():
        return _page(award, check=form), 422
    try:
        operations.check_award(award, agreed=agreed, note=form.note.data or "", by=viewer())
    except Refused as refused:
        if refused.field is None:
            raise
        refusal_to_field(form, refused)
        return _page(award, check=form), 422
    who = award.person.display_name
    if agreed:
        flash(_("Agreed. %(who)s has been told.", who=who), "ok")
    else:
        flash(_("Refused. %(who)s has been told why.", who=who), "ok")
    return redirect(url_for("certification.checks"), 303)


@bp.post("/certification/awards/<int:award_id>/revoke")
@allowed(policy.revoke_award, on=Award)
def revoke_award(award: Award) -> ResponseReturnValue:
    """Take an award back."""
    form = RevokeForm(prefix=REVOKE)
    if form.validate_on_submit():
        try:
            operations.revoke_award(
                award,
                revoked_on=cast("date", form.revoked_on.data),
                reason=form.reason.data,
                by=viewer(),
            )
        except Refused as refused:
            refusal_to_field(form, refused)
        else:
            flash(_("Revoked. %(who)s has been told.", who=award.person.display_name), "ok")
            return redirect(url_for("certification.award", award_id=award.id), 303)
    return _page(award, revoke=form), 422


@bp.post("/certification/awards/<int:award_id>/correct")
@allowed(policy.correct_award, on=Award)
def correct_award(award: Award) -> ResponseReturnValue:
    """Put a right award in the place of a wrong one."""
    form = CorrectForm(prefix=CORRECT)
    if form.validate_on_submit():
        try:
            right = operations.correct_award(
                award,
                completed_on=cast("date", form.completed_on.data),
                reference=form.reference.data or "",
                reason=form.reason.data,
                by=viewer(),
            )
        except Refused as refused:
            refusal_to_field(form, refused)
        else:
            flash(_("Corrected. This certificate has taken the place of the wrong one."), "ok")
            return redirect(url_for("certification.award", award_id=right.id), 303)
    return _page(award, correct=form), 422


@bp.get("/certification/evidence/<int:evidence_id>")
@allowed(policy.read_award_evidence, on=AwardEvidence)
def award_evidence(evidence: AwardEvidence) -> Response:
    """The file that shows an award; others than the holder leave a trace."""
    if evidence.file is None:
        raise NotFound
    if viewer().person_id != evidence.award.person_id:
        audit.record_reading(
            CertificationFact.EVIDENCE_READ, evidence, by=viewer(), about=evidence.award.person_id
        )
    return files.respond(evidence.file)


@bp.get("/certification/checks")
@signed_in
def checks() -> str:
    """What waits for the reader's check, oldest first."""
    order = [(Award.awarded_at, False), (Award.id, False)]
    rows = page(
        queries.awaiting_check(viewer()),
        order=order,
        size=SIZE,
        cursor=request.args.get("cursor"),
    )
    return render_template(
        "certification/checks.html",
        page=rows,
        form_of=partial(_check_form, formdata=None),
    )


def _check_form(award: Award, **options: Any) -> CheckForm:  # noqa: ANN401 - see WTForms
    """The form of one award: the list holds many, so each has a prefix of its own."""
    return CheckForm(prefix=f"award-{award.id}-", **options)


def _page(
    row: Award,
    *,
    check: CheckForm | None = None,
    revoke: RevokeForm | None = None,
    correct: CorrectForm | None = None,
) -> str:
    day = day_asked()
    facts = Facts.of(row)
    sent: Form | None = check or revoke or correct
    return render_template(
        "certification/award.html",
        award=row,
        own=row.person_id == viewer().person_id,
        day=day,
        today=today(),
        state=standing_of_award(facts, day),
        last_day=facts.last_day(day),
        chain=db.session.scalars(queries.awards_of(row.person_id, [row.certification_id])).all(),
        form=sent,
        check_form_data=check or _check_form(row, formdata=None),
        papers=parts_of(viewer(), row),
        revoke_form=revoke or RevokeForm(formdata=None, prefix=REVOKE, revoked_on=today()),
        correct_form=correct
        or CorrectForm(
            formdata=None, prefix=CORRECT, completed_on=row.issued_on, reference=row.reference
        ),
        standing_on=lambda other: standing_of_award(Facts.of(other), day),
    )
