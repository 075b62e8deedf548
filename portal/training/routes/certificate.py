"""Certificates of completion: one's own, and all of a session."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from portal.accounts.viewer import viewer
from portal.core.access import allowed
from portal.core.db import db
from portal.core.files.responses import disposition
from portal.training import operations, policy, queries
from portal.training.documents import KIND
from portal.training.models import Completion, CourseSession
from portal.training.routes import bp


@bp.post("/training/completions/<int:completion_id>/certificate")
@allowed(policy.ask_certificate, on=Completion)
def ask_certificate(completion: Completion) -> ResponseReturnValue:
    """Have the certificate printed, or open the one there is."""
    document = operations.issue_completion_certificate(completion, by=viewer())
    return redirect(url_for("documents.read_document", document_id=document.id), 303)


@bp.route("/training/sessions/<int:session_id>/certificates", methods=["GET", "POST"])
@allowed(policy.run_session, on=CourseSession)
def session_certificates(session: CourseSession) -> ResponseReturnValue:
    """The certificates of a session: issued all at once, and how far the printing is."""
    if request.method == "POST":
        number = operations.issue_session_certificates(session, by=viewer())
        flash(ngettext("One certificate is being prepared.",
                       "%(num)s certificates are being prepared.", number), "ok")  # fmt: skip
        return redirect(url_for("training.session_certificates", session_id=session.id), 303)
    rows = db.session.execute(queries.certificates_in(session.id, KIND)).all()
    issued = [document for _completion, document in rows if document is not None]
    part = request.headers.get("HX-Request") is not None
    template = "training/_certificates.html" if part else "training/session_certificates.html"
    return render_template(
        template,
        session=session,
        rows=rows,
        issued=len(issued),
        ready=sum(document.is_ready for document in issued),
        waiting=sum(document.is_waiting for document in issued),
    )


@bp.get("/training/sessions/<int:session_id>/certificates.zip")
@allowed(policy.run_session, on=CourseSession)
def certificates_box(session: CourseSession) -> Response:
    """All certificates of a session that are ready, as one ZIP."""
    rows = db.session.execute(queries.certificates_in(session.id, KIND)).all()
    papers = [(completion, document) for completion, document in rows if document is not None]
    response = Response(operations.box(papers), mimetype="application/zip")
    response.headers["Content-Disposition"] = disposition(operations.box_name(session))
    return response
