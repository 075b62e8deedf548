"""What a role asks of each competency."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.competencies import operations, policy, queries
from portal.competencies.forms import RequirementsForm, requirements_form
from portal.competencies.models import Competency
from portal.competencies.routes.blueprint import bp
from portal.core.access import allowed
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.forms import form_page, refusal_to_field
from portal.people.models import Role


@bp.route("/settings/roles/<int:role_id>/requirements", methods=["GET", "POST"])
@allowed(policy.set_requirements, on=Role)
def set_requirements(role: Role) -> ResponseReturnValue:
    """Set levels and weights; the weights sum to 100."""
    competencies = db.session.scalars(queries.library()).all()
    rows = db.session.scalars(queries.requirements_of(role.id))
    form = requirements_form(competencies, {row.competency_id: row for row in rows})
    if form.validate_on_submit() and _set(role, competencies, form):
        flash(_("Saved. Interview plans made from now on follow it."), "ok")
        return redirect(url_for("people.role", role_id=role.id), 303)
    return form_page(
        "competencies/set_requirements.html", form, role=role, competencies=competencies
    )


def _set(role: Role, competencies: Sequence[Competency], form: RequirementsForm) -> bool:
    """Whether the operation went through; its refusal stands at the field it is about."""
    try:
        operations.set_requirements(role, form.wanted(competencies), by=viewer())
    except Refused as refused:
        field = form.first_weight() if refused.field == "weights" else refused.field
        refusal_to_field(form, Refused(refused.message, field))
        return False
    return True
