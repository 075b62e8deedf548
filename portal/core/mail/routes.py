"""The outbox: what the portal wrote to whom, and sending again what did not get through."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.core import tables
from portal.core.access import allowed, asker
from portal.core.db import db
from portal.core.errors import NotFound
from portal.core.files import StoredFile, respond
from portal.core.files.responses import SANDBOX, disposition
from portal.core.mail import operations, policy, queries
from portal.core.mail.attachments import Attachment
from portal.core.mail.models import OutgoingMail
from portal.core.mail.states import MailState

bp = Blueprint("mail", __name__, url_prefix="/settings/outbox")

FILTERS = (
    tables.Filter("q", _l("Search"), lambda words: queries.mentions(words[0])),
    tables.Filter("state", _l("State"), OutgoingMail.state.in_, offer=MailState),
)
MAIL_CSP = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; frame-ancestors 'self'"
)


@bp.get("")
@allowed(policy.read_outbox)
def outbox() -> ResponseReturnValue:
    """Every mail, newest first."""
    bar = tables.FilterBar(FILTERS, request.args)
    page = tables.page(
        bar.narrow(queries.outbox(with_accounts=asker().has_role("admin"))),
        order=[(OutgoingMail.id, True)],
        cursor=request.args.get("cursor"),
    )
    return render_template("mail_outbox/outbox.html", page=page, bar=bar)


@bp.get("/<int:mail_id>")
@allowed(policy.read_mail, on=OutgoingMail)
def read_mail(mail: OutgoingMail) -> ResponseReturnValue:
    """One mail with what became of it."""
    return render_template("mail_outbox/read_mail.html", mail=mail)


@bp.get("/<int:mail_id>/html")
@allowed(policy.read_mail, on=OutgoingMail)
def mail_html(mail: OutgoingMail) -> ResponseReturnValue:
    """The HTML of a mail, for a frame that runs and loads nothing."""
    response = Response(mail.hidden(mail.html), mimetype="text/html")
    response.headers["Content-Security-Policy"] = MAIL_CSP
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


@bp.get("/<int:mail_id>/attachments/<int:number>")
@allowed(policy.read_mail, on=OutgoingMail)
def mail_attachment(mail: OutgoingMail, number: int) -> ResponseReturnValue:
    """An attachment of a mail as a download; numbers count from nought."""
    if number >= len(mail.attachments):
        raise NotFound
    part = Attachment.from_json(mail.attachments[number])
    if part.file_id is not None:
        return respond(db.session.get(StoredFile, part.file_id) or abort(404))
    response = Response(part.content(), mimetype=part.media_type)
    response.headers["Content-Disposition"] = disposition(part.name)
    response.headers["Content-Security-Policy"] = SANDBOX
    return response


@bp.post("/<int:mail_id>/resend")
@allowed(policy.read_mail, on=OutgoingMail)
def resend(mail: OutgoingMail) -> ResponseReturnValue:
    """Have it sent again."""
    operations.resend(mail, by=asker())
    flash(_("The mail to %(address)s is on its way.", address=mail.to_address), "ok")
    return redirect(url_for("mail.read_mail", mail_id=mail.id), 303)
