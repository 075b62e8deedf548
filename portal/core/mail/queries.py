"""What the outbox page shows."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from portal.core.mail.models import OutgoingMail
from portal.core.mail.states import MailState


def outbox(*, state: MailState | None = None, search: str = "") -> sa.Select[Any]:
    """The mails as list rows, newest first."""
    mail = OutgoingMail
    rows = sa.select(
        mail.id, mail.to_address, mail.to_name, mail.subject, mail.kind, mail.state,
        mail.created_at, mail.sent_at,
    ).order_by(mail.id.desc())
    if state is not None:
        rows = rows.where(mail.state == state)
    if search:
        pattern = f"%{search.replace('%', '').replace('_', '')}%"
        rows = rows.where(mail.to_address.ilike(pattern) | mail.subject.ilike(pattern))
    return rows
