"""Figures from a table: sent, looked at, imported all together or not at all, and undone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.datastructures import FileStorage

from portal.accounts.viewer import viewer
from portal.core import i18n, imports
from portal.core.access import allowed
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.forms import form_page, refusals_to
from portal.core.imports import SheetImport
from portal.metrics import operations, periods, policy, queries
from portal.metrics.forms import ImportForm, ReasonForm
from portal.metrics.operations.imports import COLUMNS, Entry, Preview
from portal.metrics.routes import bp
from portal.metrics.wording import figure

ROWS = 200
"""Rows of a preview on one page."""

SHOWN = 50
"""Imports in the list of what was imported."""


@bp.route("/metrics/import", methods=["GET", "POST"])
@allowed(policy.keep_metrics)
def import_table() -> ResponseReturnValue:
    """Send a table; nothing in it is imported yet."""
    form = ImportForm()
    if form.validate_on_submit():
        with refusals_to(form):
            upload = cast("FileStorage", form.file.data)
            row = imports.keep(upload, policy.IMPORT_KIND, by=viewer())
            return redirect(url_for("metrics.preview", sheet_import_id=row.id), 303)
    rows = db.session.execute(queries.imports_listed().limit(SHOWN)).all()
    undone = dict(db.session.execute(queries.imports_undone([row[0].id for row in rows])).all())
    return form_page(
        "metrics/import_table.html",
        form,
        columns=COLUMNS,
        most=imports.MOST_ROWS,
        rows=rows,
        undone=undone,
    )


@bp.get("/metrics/import/template/<any(csv, xlsx):kind>")
@allowed(policy.keep_metrics)
def import_template(kind: str) -> Response:
    """A table with the right headings and one example."""
    return imports.template(COLUMNS, kind, _("Metrics"))


@bp.get("/metrics/import/<int:sheet_import_id>")
@allowed(policy.see_import, on=SheetImport)
def preview(sheet_import: SheetImport) -> ResponseReturnValue:
    """What the table would do, row by row; once imported, what it did."""
    before = imports.same_file_applied(sheet_import)
    if before is not None:
        return _imported(before, sheet_import)
    return _preview(sheet_import, ReasonForm())


@bp.post("/metrics/import/<int:sheet_import_id>")
@allowed(policy.see_import, on=SheetImport)
def confirm_import(sheet_import: SheetImport) -> ResponseReturnValue:
    """Import all of it."""
    form = ReasonForm()
    reason = (form.reason.data or "").strip()
    if reason and not form.validate():
        return _preview(sheet_import, form)
    try:
        number = operations.import_values(sheet_import, reason=reason, by=viewer())
    except Refused as refused:
        if refused.field != "reason":
            raise
        db.session.rollback()
        form.reason.errors = [refused.message]
        return _preview(sheet_import, form)
    flash(ngettext("One figure is recorded.", "%(number)s figures are recorded.", number,
                   number=i18n.number(number)), "ok")  # fmt: skip
    return redirect(url_for("metrics.preview", sheet_import_id=sheet_import.id), 303)


@bp.route("/metrics/import/<int:sheet_import_id>/undo", methods=["GET", "POST"])
@allowed(policy.see_import, on=SheetImport)
def undo_import(sheet_import: SheetImport) -> ResponseReturnValue:
    """Put back what stood there before."""
    form = ReasonForm()
    if form.validate_on_submit():
        with refusals_to(form):
            number = operations.undo_import(sheet_import, reason=form.reason.data, by=viewer())
            flash(ngettext("One figure is put back.", "%(number)s figures are put back.", number,
                           number=i18n.number(number)), "ok")  # fmt: skip
            return redirect(url_for("metrics.preview", sheet_import_id=sheet_import.id), 303)
    return form_page("metrics/undo_import.html", form, row=sheet_import)


def _imported(row: SheetImport, again: SheetImport) -> ResponseReturnValue:
    undone = db.session.execute(queries.imports_undone([row.id])).first()
    return render_template(
        "metrics/imported.html",
        row=row,
        again=again,
        undone_at=undone[1] if undone else None,
        values=db.session.scalars(queries.newest_of(row.id).limit(ROWS)).all(),
        figure=figure,
        month_name=periods.month_name,
    )


def _preview(row: SheetImport, form: ReasonForm) -> ResponseReturnValue:
    try:
        found = operations.preview_values(row, by=viewer())
    except Refused as refused:
        # What could be read when it was sent, a later release may refuse.
        found = Preview((), (refused.message,), ())
    kind = request.args.get("show", "")
    kinds = {"wrong": found.wrong, "fresh": found.fresh, "changed": found.changed,
             "there": found.there}  # fmt: skip
    entries: Sequence[Entry] = kinds.get(kind, found.entries)
    pages = max(-(-len(entries) // ROWS), 1)
    sent = request.args.get("page", "1")
    number = min(max(int(sent), 1), pages) if sent.isdecimal() and len(sent) < 6 else 1
    return form_page(
        "metrics/preview.html",
        form,
        row=row,
        found=found,
        kinds=kinds,
        entries=entries[(number - 1) * ROWS : number * ROWS],
        show=kind if kind in kinds else "",
        page_number=number,
        pages=pages,
        figure=figure,
        month_name=periods.month_name,
    )
