"""Completions from a table: sent, looked at, then imported all together or not at all."""

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
from portal.core.imports import SheetImport
from portal.training import operations, policy
from portal.training.forms.credit import ImportForm
from portal.training.operations.imports import COLUMNS, KIND, Entry, Preview
from portal.training.routes import bp
from portal.training.routes.forms import done, form_page

ROWS = 200
"""Rows of a preview on one page."""

SHOWN = 20
"""Imports in the list of what was imported."""


@bp.route("/training/import", methods=["GET", "POST"])
@allowed(policy.import_completions)
def import_table() -> ResponseReturnValue:
    """Send a table; nothing in it is imported yet."""
    form = ImportForm()
    sent: list[SheetImport] = []

    def send() -> None:
        sent.append(imports.keep(cast("FileStorage", form.file.data), KIND, by=viewer()))

    if done(form, send):
        return redirect(url_for("training.preview", sheet_import_id=sent[0].id), 303)
    return form_page(
        "training/import_table.html",
        form,
        columns=COLUMNS,
        most=imports.MOST_ROWS,
        before=db.session.scalars(imports.imports_of(KIND).limit(SHOWN)).all(),
    )


@bp.get("/training/import/template/<any(csv, xlsx):kind>")
@allowed(policy.import_completions)
def import_template(kind: str) -> Response:
    """A table with the right headings and one example."""
    return imports.template(COLUMNS, kind, _("Completions"))


@bp.get("/training/import/<int:sheet_import_id>")
@allowed(policy.see_import, on=SheetImport)
def preview(sheet_import: SheetImport) -> ResponseReturnValue:
    """What the table would do, row by row; what is wrong with it stands first."""
    before = imports.same_file_applied(sheet_import)
    if before is not None:
        return render_template("training/imported.html", row=before, again=sheet_import)
    try:
        found = operations.preview_completions(sheet_import, by=viewer())
    except Refused as refused:
        # What could be read when it was sent, a later release may refuse.
        found = Preview((), (refused.message,), ())
    kind = request.args.get("show", "")
    entries = {"wrong": found.wrong, "fresh": found.fresh, "known": found.known}.get(
        kind, found.entries
    )
    number, page = _part(entries)
    return render_template(
        "training/preview.html",
        row=sheet_import,
        found=found,
        entries=page,
        show=kind,
        page_number=number,
        pages=-(-len(entries) // ROWS) or 1,
        columns=COLUMNS,
    )


def _part(entries: Sequence[Entry]) -> tuple[int, Sequence[Entry]]:
    sent = request.args.get("page", "1")
    last = max(-(-len(entries) // ROWS), 1)
    number = min(max(int(sent), 1), last) if sent.isdecimal() and len(sent) < 6 else 1
    return number, entries[(number - 1) * ROWS : number * ROWS]


@bp.post("/training/import/<int:sheet_import_id>")
@allowed(policy.see_import, on=SheetImport)
def confirm_import(sheet_import: SheetImport) -> ResponseReturnValue:
    """Import all of it."""
    number = operations.import_completions(sheet_import, by=viewer())
    flash(ngettext("One completion is added.", "%(number)s completions are added.", number,
                   number=i18n.number(number)), "ok")  # fmt: skip
    return redirect(url_for("training.preview", sheet_import_id=sheet_import.id), 303)
