"""Builds the MIME message of a mail."""

from __future__ import annotations

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

import idna

from portal.core.mail.attachments import Attachment
from portal.core.mail.models import OutgoingMail

# Seven-bit transfer encodings, so that no relay on the way has to change the message.
POLICY = SMTP.clone(cte_type="7bit")


def build(mail: OutgoingMail, *, sender: str, at: datetime) -> EmailMessage:
    """The message as it goes over the wire; line breaks in any header are refused by the policy."""
    message = EmailMessage(policy=POLICY)
    message["From"] = _address(*parseaddr(sender))
    message["To"] = _address(mail.to_name, mail.to_address)
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(at)
    message["Message-ID"] = mail.message_id
    # RFC 3834: keeps holiday notices and other robots from answering.
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    message.add_alternative(mail.html, subtype="html")
    parts = [Attachment.from_json(row) for row in mail.attachments]
    for part in parts:
        if part.method:
            _add_invitation(message, part)
    for part in parts:
        main, _slash, sub = part.media_type.partition("/")
        if part.method:
            main, sub = "application", "ics"
        message.add_attachment(part.content(), maintype=main, subtype=sub, filename=part.name)
    # Last, because set_content and its like move Content- headers into a part.
    message["Content-Language"] = mail.locale
    return message


def _add_invitation(message: EmailMessage, part: Attachment) -> None:
    """Calendars act on the alternative part; people without one open the attachment."""
    message.add_alternative(
        part.content().decode(), subtype="calendar", params={"method": part.method}
    )


def _address(name: str, address: str) -> Address:
    """A header address, with the domain in ASCII so that any server takes it."""
    local, _at, domain = address.rpartition("@")
    if not domain.isascii():
        domain = idna.encode(domain, uts46=True).decode()
    return Address(display_name=name, username=local, domain=domain)
