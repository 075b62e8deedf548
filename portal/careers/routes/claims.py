"""Experience and education: adding them, looking at them, confirming them."""

from __future__ import annotations

import sqlalchemy as sa
from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from portal.accounts.viewer import viewer
from portal.careers import operations, policy, queries, wording
from portal.careers.forms.claim import DecisionForm, EducationForm, ExperienceForm
from portal.careers.models import CareerClaim
from portal.careers.routes import bp
from portal.careers.states import CareersFact, ClaimKind
from portal.core import audit, files
from portal.core.access import allowed
from portal.core.db import db
from portal.core.forms import form_page, refusals_to
from portal.people.models import Person, Role


@bp.route("/paths/people/<int:person_id>/experience", methods=["GET", "POST"])
@allowed(policy.add_claim, on=Person)
def add_experience(person: Person) -> ResponseReturnValue:
    """Add work elsewhere."""
    form = ExperienceForm()
    families = db.session.scalars(sa.select(Role.family).distinct().order_by(Role.family))
    form.family.offer = [(key, wording.family_name(key)) for key in families]
    return _add(person, form, ClaimKind.EXPERIENCE)


@bp.route("/paths/people/<int:person_id>/education", methods=["GET", "POST"])
@allowed(policy.add_claim, on=Person)
def add_education(person: Person) -> ResponseReturnValue:
    """Add a degree or a training."""
    return _add(person, EducationForm(), ClaimKind.EDUCATION)


def _add(
    person: Person, form: ExperienceForm | EducationForm, kind: ClaimKind
) -> ResponseReturnValue:
    if form.validate_on_submit():
        with refusals_to(form):
            claim = operations.add_claim(
                person, kind, **form.terms(), file=form.stored_file(), by=viewer()
            )
            flash(_("Thank you. It counts once a second person has confirmed it."), "ok")
            return redirect(url_for("paths.claim", claim_id=claim.id), 303)
    own = person.id == viewer().person_id
    return form_page("paths/claim_form.html", form, person=person, kind=kind, own=own)


@bp.get("/paths/claims")
@allowed(policy.see_people)
def claims() -> str:
    """What waits for the reader's word."""
    rows = db.session.scalars(queries.claims_to_confirm(viewer())).all()
    return render_template("paths/claims.html", claims=rows)


@bp.get("/paths/claims/<int:claim_id>")
@allowed(policy.read_claim, on=CareerClaim)
def claim(claim: CareerClaim) -> str:
    """One claim, and what was said of it."""
    return _claim_page(claim, DecisionForm())


@bp.post("/paths/claims/<int:claim_id>/decide")
@allowed(policy.decide_claim, on=CareerClaim)
def decide_claim(claim: CareerClaim) -> ResponseReturnValue:
    """Confirm a claim or not."""
    form, confirmed = DecisionForm(), request.form.get("decision") == "confirm"
    if form.validate_on_submit():
        with refusals_to(form):
            note = form.note.data or ""
            operations.decide_claim(claim, confirmed=confirmed, note=note, by=viewer())
            flash(_("Confirmed.") if confirmed else _("Not confirmed. The person is told."), "ok")
            return redirect(url_for("paths.claims"), 303)
    return _claim_page(claim, form), 422


@bp.get("/paths/claims/<int:claim_id>/file")
@allowed(policy.read_claim, on=CareerClaim)
def claim_file(claim: CareerClaim) -> Response:
    """The file that shows it; others than the person leave a trace."""
    if claim.file is None:
        raise NotFound
    if viewer().person_id != claim.person_id:
        audit.record_reading(CareersFact.CLAIM_READ, claim, by=viewer(), about=claim.person_id)
    return files.respond(claim.file)


def _claim_page(claim: CareerClaim, form: DecisionForm) -> str:
    return render_template(
        "paths/claim.html",
        claim=claim,
        form=form,
        own=claim.person_id == viewer().person_id,
        family_name=wording.family_name,
    )
