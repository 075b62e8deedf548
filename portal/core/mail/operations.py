"""Writing a mail and having one sent again."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from email.utils import parseaddr

import sqlalchemy as sa
from email_validator import EmailNotValidError, validate_email
from flask import current_app
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from portal.core import audit, clock
from portal.core.access import Viewer
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.jobs import enqueue
from portal.core.mail.attachments import Attachment
from portal.core.mail.composition import compose
from portal.core.mail.models import OutgoingMail
from portal.core.mail.states import AGAIN, MailFact, MailState
from portal.core.states import require_move


def send(
    kind: str,
    *,
    to: str,
    locale: str,
    context: Mapping[str, object],
    name: str = "",
    person_id: int | None = None,
    key: str | None = None,
    attachments: Iterable[Attachment] = (),
    send_after: datetime | None = None,
) -> OutgoingMail:
    """Write a mail and have it sent once the transaction commits.

    A second mail with the same ``key`` is not written; the first is returned.

    Raises:
        Refused: if ``to`` is no mail address.
        BlankMail: if a template comes out blank.

    """
    address = checked_address(to)
    if key is not None and (written := _with_key(key)):
        return written
    composed = compose(kind, locale, context)
    mail = OutgoingMail(
        kind=kind,
        key=key,
        to_address=address,
        to_name=" ".join(name.split())[:200],
        person_id=person_id,
        locale=locale,
        subject=composed.subject[:500],
        text=composed.text,
        html=composed.html,
        attachments=[part.to_json() for part in attachments],
        message_id=_new_message_id(),
        state=MailState.QUEUED,
        created_at=clock.now(),
        send_after=send_after,
    )
    try:
        with db.session.begin_nested():
            db.session.add(mail)
    except IntegrityError:
        if key is None or not (written := _with_key(key)):
            raise
        return written
    _hand_over(mail)
    return mail


def resend(mail: OutgoingMail, *, by: Viewer) -> None:
    """Have a mail sent (again) that was kept, failed or may have been lost on the way.

    Raises:
        Refused: if it was sent or is about to be, or if there is no mail server.

    """
    require_move(AGAIN, mail.state, MailState.QUEUED)
    if not current_app.config["SMTP_URL"]:
        raise Refused(_("No mail server is set, so mail stays here. Ask your administrator."))
    mail.attempts = 0
    mail.error = ""
    mail.send_after = None
    mail.state = MailState.QUEUED
    audit.record(MailFact.RESENT, mail, by=by)
    _hand_over(mail)


def checked_address(to: str) -> str:
    """The address in its normal form.

    Raises:
        Refused: if it is no mail address.

    """
    try:
        return validate_email(to, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError:
        raise Refused(
            _(
                "“%(address)s” is not a mail address. Check it for typing mistakes.",
                address=to[:100],
            ),
            field="email",
        ) from None


def _hand_over(mail: OutgoingMail) -> None:
    if current_app.config["SMTP_URL"]:
        enqueue("mail.deliver", key=f"mail:{mail.id}", run_at=mail.send_after, mail_id=mail.id)
    else:
        mail.state = MailState.KEPT


def _with_key(key: str) -> OutgoingMail | None:
    return db.session.scalar(sa.select(OutgoingMail).where(OutgoingMail.key == key))


def _new_message_id() -> str:
    """Made when the mail is written, so that a mail sent again is the same mail to the receiver."""
    domain = parseaddr(current_app.config["MAIL_FROM"])[1].rpartition("@")[2]
    return f"<{uuid.uuid4()}@{domain or 'localhost'}>"
