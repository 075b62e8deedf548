"""Issuing the career passport."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.viewer import viewer
from portal.core.access import allowed
from portal.core.i18n import LOCALES
from portal.development import documents, policy
from portal.development.routes import bp
from portal.people.models import Person


@bp.post("/development/people/<int:person_id>/passport")
@allowed(policy.print_passport, on=Person)
def issue_passport(person: Person) -> ResponseReturnValue:
    """Print the passport in one of the four languages."""
    sent = request.form.get("language", "")
    locale = sent if sent in LOCALES else person.language
    paper = documents.issue_passport(person, locale=locale, by=viewer())
    return redirect(url_for("documents.read_document", document_id=paper.id), 303)
