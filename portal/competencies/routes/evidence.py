"""The rows behind the levels a person has shown."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.accounts.viewer import viewer
from portal.competencies import policy, queries
from portal.competencies.routes.blueprint import bp
from portal.competencies.states import CompetencyFact
from portal.core import audit
from portal.core.access import allowed
from portal.core.db import db
from portal.people.models import Person


@bp.get("/people/<int:person_id>/evidence")
@allowed(policy.see_evidence, on=Person)
def evidence(person: Person) -> ResponseReturnValue:
    """Show every observation; the person can see who else looked."""
    me = viewer()
    if me.person_id != person.id:
        audit.record_reading(CompetencyFact.EVIDENCE_READ, person, by=me, about=person.id)
    rows = db.session.execute(queries.evidence_shown(person.id)).all()
    return render_template("competencies/evidence.html", person=person, rows=rows)
