"""What the outbox page shows."""

from __future__ import annotations

from typing import Any, cast

import sqlalchemy as sa

from portal.core.db import db
from portal.core.mail.models import OutgoingMail
from portal.core.mail.states import MailState


def outbox(*, with_accounts: bool) -> sa.Select[Any]:
    """The mails as list rows, with or without those that hold links into accounts."""
    mail = OutgoingMail
    rows: Any = sa.select(
        mail.id, mail.to_address, mail.to_name, mail.subject, mail.state, mail.created_at
    )
    if not with_accounts:
        rows = rows.where(~mail.kind.startswith("accounts/"))
    return cast("sa.Select[Any]", rows)


def mentions(words: str) -> sa.ColumnElement[bool]:
    """Whose address, name or subject contains these words."""
    mail = OutgoingMail
    return sa.or_(
        *(
            column.icontains(words, autoescape=True)
            for column in (mail.to_address, mail.to_name, mail.subject)
        )
    )


def how_many(state: MailState, most: int) -> int:
    """How many mails are in a state; counts no further than ``most``."""
    some = sa.select(OutgoingMail.id).where(OutgoingMail.state == state).limit(most)
    return db.session.scalar(sa.select(sa.func.count()).select_from(some.subquery())) or 0
