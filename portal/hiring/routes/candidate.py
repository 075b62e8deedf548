"""Searching all candidates."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from portal.accounts.saved_views import saved_views
from portal.core import tables
from portal.core.access import allowed
from portal.core.db import db
from portal.core.i18n import current_locale
from portal.core.tables import Column
from portal.hiring import policy
from portal.hiring.queries import candidate as queries
from portal.hiring.routes import bp
from portal.people.models import Person, full_name

ORDER = [(Person.id, True)]
AT_ONCE = 500


@bp.get("/candidates")
@allowed(policy.search_candidates)
def candidates() -> ResponseReturnValue:
    """Everybody who has ever applied, the newest first, by part of a name or address."""
    query = request.args.get("q", "").strip()[:200]
    page = tables.page(queries.candidates(query), order=ORDER, cursor=request.args.get("cursor"))
    applied: dict[int, list[Any]] = defaultdict(list)
    for row in db.session.execute(queries.applications_of([row.id for row in page.rows])):
        applied[row.person_id].append(row)
    return render_template(
        "hiring/candidates.html",
        page=page,
        q=query,
        applied=applied,
        saved=saved_views("hiring.candidates", narrowed=bool(query)),
        name_of=lambda row: full_name(row.given_name, row.family_name, row.language),
        title_of=title_of,
    )


@bp.get("/candidates/export/<any(csv, xlsx):kind>")
@allowed(policy.search_candidates)
def export_candidates(kind: str) -> ResponseReturnValue:
    """The found candidates with their applications as CSV or XLSX."""
    query = request.args.get("q", "").strip()[:200]
    rows = db.session.execute(
        queries.candidates_with_applications(query), execution_options={"yield_per": AT_ONCE}
    )
    columns = [
        Column(_l("Given name"), "given_name"),
        Column(_l("Family name"), "family_name"),
        Column(_l("E-mail"), "email"),
        Column(_l("Telephone"), "phone"),
        Column(_l("Posting"), lambda row: title_of(row.content)),
        Column(_l("Stage"), "stage"),
        Column(_l("Applied on"), "applied_at"),
        Column(_l("Source"), "source"),
    ]
    return tables.export(rows, columns, kind, name="candidates")


def title_of(content: dict[str, Any]) -> str:
    """A posting's title in the reader's language, else in any."""
    for language in (current_locale(), "en", *content):
        if title := content.get(language, {}).get("title"):
            return str(title)
    return ""
