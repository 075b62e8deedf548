"""Opening a paper, and checking one from outside."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from portal.core import files
from portal.core.access import allowed, public
from portal.core.db import db
from portal.core.documents import operations, policy
from portal.core.documents.codes import normalised
from portal.core.documents.forms import CodeForm, CompareForm
from portal.core.documents.kinds import label_of, present_of
from portal.core.documents.models import Document
from portal.core.documents.queries import document_with_code
from portal.core.errors import Refused
from portal.core.forms import refusal_to_field
from portal.core.web import limiter

bp = Blueprint("documents", __name__)

CHECKS = "60 per minute"
"""A code has 120 random bits; this only keeps machines from trying."""


@bp.get("/documents/<int:document_id>")
@allowed(policy.read_document, on=Document)
def read_document(document: Document) -> ResponseReturnValue:
    """Where the paper stands; asks for itself again until it is ready."""
    part = request.headers.get("HX-Request") and document.is_waiting
    template = "documents/_state.html" if part else "documents/read_document.html"
    if request.headers.get("HX-Request") and not document.is_waiting:
        return "", 204, {"HX-Redirect": url_for(".read_document", document_id=document.id)}
    return render_template(template, document=document, label=label_of(document.kind))


@bp.get("/documents/<int:document_id>/file")
@allowed(policy.read_document, on=Document)
def read_file(document: Document) -> ResponseReturnValue:
    """The PDF: shown, or as a download with ``?download=1``."""
    if document.file is None:
        abort(404)
    return files.respond(document.file, inline="download" not in request.args)


@bp.post("/documents/<int:document_id>/retry")
@allowed(policy.retry_document, on=Document)
def retry_document(document: Document) -> ResponseReturnValue:
    """Have a failed paper prepared again."""
    operations.retry_document(document)
    return redirect(url_for(".read_document", document_id=document.id), 303)


@bp.get("/verify")
@public
@limiter.limit(CHECKS)
def enter_code() -> ResponseReturnValue:
    """Ask for the code on a paper."""
    form = CodeForm(request.args)
    typed = (form.code.data or "").strip()
    if "code" not in request.args or not form.validate():
        return render_template("documents/enter_code.html", form=form)
    return redirect(url_for(".verify_document", code=normalised(typed) or typed[:60]))


@bp.route("/verify/<string:code>", methods=["GET", "POST"])
@public
@limiter.limit(CHECKS)
def verify_document(code: str) -> ResponseReturnValue:
    """Say what was issued under a code, and whether a file is that very paper."""
    known = normalised(code)
    document = db.session.scalar(document_with_code(known)) if known else None
    if document is None:
        again = CodeForm(data={"code": code})
        return render_template("documents/unknown_code.html", form=again), 404
    form, genuine = CompareForm(), None
    if form.validate_on_submit():
        try:
            genuine = _compare(document, form)
        except Refused as refused:
            refusal_to_field(form, refused)
    page = render_template(
        "documents/verify_document.html",
        document=document,
        form=form,
        genuine=genuine,
        label=label_of(document.kind),
        present=present_of(document),
    )
    return page, 422 if form.errors else 200


def _compare(document: Document, form: CompareForm) -> bool:
    """Read the upload, compare, forget it."""
    upload = cast("FileStorage", form.pdf.data)
    pdf = upload.stream.read()
    if not pdf:
        raise Refused(_("This file is empty. Choose the PDF you were given."), "pdf")
    return operations.is_genuine(document, pdf)
