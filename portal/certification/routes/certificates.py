"""One person's certificates: their own page, the one others read, and what is started there."""

from __future__ import annotations

from datetime import date
from typing import cast

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.certification import operations, policy, queries
from portal.certification.forms.award import CertificateForm, WaiverForm
from portal.certification.models import Certification, Waiver
from portal.certification.overview import overview
from portal.certification.routes import bp
from portal.certification.routes.as_of import day_asked, today
from portal.certification.states import CertificationState
from portal.core.access import allowed, row_or_404, signed_in
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.forms import refusal_to_field
from portal.core.i18n import words
from portal.people.models import Person


@bp.get("/my/certificates")
@signed_in
def my_certificates() -> str:
    """What the reader holds and what comes next."""
    return _page(db.session.get_one(Person, viewer().person_id))


@bp.get("/certification/people/<int:person_id>")
@allowed(policy.see_certificates, on=Person)
def person_certificates(person: Person) -> str:
    """The same page of somebody else."""
    return _page(person)


@bp.post("/certification/people/<int:person_id>/start")
@allowed(policy.start_pursuit, on=Person)
def start_pursuit(person: Person) -> ResponseReturnValue:
    """Begin a first award or a renewal with one click."""
    sent = request.form.get("certification", "")
    certification = row_or_404(Certification, int(sent) if _is_number(sent) else 0)
    pursuit = operations.start_pursuit(person, certification, by=viewer())
    db.session.flush()
    return redirect(url_for("certification.pursuit", pursuit_id=pursuit.id), 303)


@bp.route("/certification/people/<int:person_id>/add", methods=["GET", "POST"])
@allowed(policy.add_certificate, on=Person)
def add_certificate(person: Person) -> ResponseReturnValue:
    """Bring a certificate along that was got elsewhere."""
    form = CertificateForm()
    form.offer(_in_use())
    if not form.validate_on_submit():
        status = 422 if request.method == "POST" else 200
        return _form_page("add_certificate", person, form), status
    try:
        file = form.stored_file()
        assert file is not None  # the field asks for one
        award = operations.add_certificate(
            person,
            db.session.get_one(Certification, form.certification.data),
            completed_on=cast("date", form.completed_on.data),
            reference=form.reference.data or "",
            note=form.note.data or "",
            file=file,
            by=viewer(),
        )
    except Refused as refused:
        refusal_to_field(form, refused)
        return _form_page("add_certificate", person, form), 422
    if award.check is None:
        flash(_("Thank you. A second person checks it; until then it does not count."), "ok")
    else:
        flash(_("Entered and checked."), "ok")
    return redirect(url_for("certification.award", award_id=award.id), 303)


@bp.route("/certification/people/<int:person_id>/waive", methods=["GET", "POST"])
@allowed(policy.waive_certification, on=Person)
def waive_certification(person: Person) -> ResponseReturnValue:
    """Release somebody from a certification."""
    form = WaiverForm(starts_on=today())
    form.offer(_in_use())
    if not form.validate_on_submit():
        status = 422 if request.method == "POST" else 200
        return _form_page("waive_certification", person, form), status
    certification = db.session.get_one(Certification, form.certification.data)
    try:
        operations.waive_certification(
            person,
            certification,
            starts_on=cast("date", form.starts_on.data),
            ends_on=form.ends_on.data,
            reason=form.reason.data,
            by=viewer(),
        )
    except Refused as refused:
        refusal_to_field(form, refused)
        return _form_page("waive_certification", person, form), 422
    assert certification.current is not None  # what is offered has a rule
    name = words(certification.current.name)
    flash(_("%(who)s need not hold %(name)s.", who=person.display_name, name=name), "ok")
    return redirect(url_for("certification.person_certificates", person_id=person.id), 303)


@bp.post("/certification/waivers/<int:waiver_id>/end")
@allowed(policy.end_waiver, on=Waiver)
def end_waiver(waiver: Waiver) -> ResponseReturnValue:
    """End a waiver."""
    operations.end_waiver(waiver, by=viewer())
    flash(_("The waiver ends today."), "ok")
    return redirect(url_for("certification.person_certificates", person_id=waiver.person_id), 303)


def _page(person: Person) -> str:
    day = day_asked()
    return render_template(
        "certification/certificates.html",
        person=person,
        own=person.id == viewer().person_id,
        today=today(),
        overview=overview(person, day),
    )


def _form_page(name: str, person: Person, form: CertificateForm | WaiverForm) -> str:
    own = person.id == viewer().person_id
    return render_template(f"certification/{name}.html", person=person, form=form, own=own)


def _in_use() -> list[Certification]:
    rows = db.session.scalars(queries.certifications())
    return [row for row in rows if row.state is CertificationState.IN_USE]


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10
