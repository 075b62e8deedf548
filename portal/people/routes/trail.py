"""The audit trail: who changed what and when."""

from __future__ import annotations

import sqlalchemy as sa
from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.core import audit, tables
from portal.core.access import allowed
from portal.core.audit import AuditEvent
from portal.core.db import db
from portal.people import policy, queries, subjects
from portal.people.routes.blueprint import bp

FEW = 10


def _done_by(search: str) -> sa.ColumnElement[bool]:
    found = db.session.scalars(queries.accounts_named(search).limit(FEW + 1)).all()
    return queries.done_by(search, found if len(found) <= FEW else None)


def _bar() -> tables.FilterBar:
    return tables.FilterBar(
        (
            tables.Filter("q", _l("Who"), lambda texts: _done_by(texts[0])),
            tables.Filter(
                "about", _l("What"), lambda k: AuditEvent.subject_type == k[0], subjects.kinds()
            ),
            tables.Filter("from", _l("Earliest day"), lambda days: queries.since(days[0])),
            tables.Filter("until", _l("Latest day"), lambda days: queries.until(days[0])),
        ),
        request.args,
    )


@bp.get("/settings/trail")
@allowed(policy.see_trail)
def trail() -> ResponseReturnValue:
    """List what happened, newest first."""
    bar = _bar()
    select = bar.narrow(queries.trail())
    page = tables.page(select, order=((AuditEvent.id, True),), cursor=request.args.get("cursor"))
    return render_template(
        "people/trail.html",
        bar=bar,
        page=page,
        count=tables.count(select),
        base=url_for("people.trail"),
        subject=subjects.label,
        changes=subjects.changes,
    )


@bp.get("/settings/trail/export/<any(csv, xlsx):kind>")
@allowed(policy.see_trail)
def export_trail(kind: str) -> Response:
    """Download the trail as it is narrowed now."""
    select = _bar().narrow(queries.trail()).order_by(AuditEvent.id.desc())
    rows = db.session.execute(select, execution_options={"yield_per": 500})
    columns = (
        tables.Column(_l("Moment"), lambda row: row[0].at),
        tables.Column(_l("Who"), lambda row: row[1] or ""),
        tables.Column(_l("What happened"), lambda row: row[0].label),
        tables.Column(_l("Record"), lambda row: subjects.label(row[0].subject_type)),
        tables.Column(_l("Number"), lambda row: row[0].subject_id),
        tables.Column(_l("Changes"), lambda row: _in_one_line(row[0])),
        tables.Column(_l("Request"), lambda row: row[0].request_id),
    )
    return tables.export(rows, columns, kind, _("Audit trail"))


def _in_one_line(event: audit.AuditEvent) -> str:
    return "; ".join(
        f"{name}: {before} → {after}" for name, before, after in subjects.changes(event)
    )
