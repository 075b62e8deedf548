"""The outbox: every mail the portal has written, whole, with what became of it."""

from __future__ import annotations

import re
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Id, Json, Model, enum_column
from portal.core.mail.states import MailState

PRIVATE_LINK = re.compile(r"(/(?:offer|invitation|reset|careers/applications)/)[\w-]{20,}")


class OutgoingMail(Model):
    """One mail to one person, rendered when it was written."""

    __tablename__ = "outgoing_mail"
    __table_args__ = (
        sa.Index("ix_outgoing_mail_state", "state", "id"),
        sa.Index("ix_outgoing_mail_person", "person_id", "id"),
    )

    id: Mapped[Id]
    kind: Mapped[str] = mapped_column(sa.String(80))
    key: Mapped[str | None] = mapped_column(unique=True)
    to_address: Mapped[str] = mapped_column(sa.String(320))
    to_name: Mapped[str] = mapped_column(default="")
    person_id: Mapped[int | None]
    locale: Mapped[str] = mapped_column(sa.String(10))
    subject: Mapped[str] = mapped_column(sa.String(500))
    text: Mapped[str] = mapped_column(sa.Text)
    html: Mapped[str] = mapped_column(sa.Text)
    attachments: Mapped[list[Json]]
    message_id: Mapped[str] = mapped_column(sa.String(200))
    state: Mapped[MailState] = mapped_column(enum_column(MailState))
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(sa.Text, default="")
    created_at: Mapped[datetime]
    send_after: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]

    def hidden(self, content: str) -> str:
        """The text or HTML as colleagues may read it: links that answer for the recipient left out.

        Without a mail server the outbox is the only way to the recipient, and shows them.
        """
        return content if self.state is MailState.KEPT else PRIVATE_LINK.sub(r"\1•••", content)

    @property
    def can_be_sent_again(self) -> bool:
        """Whether a person may have it sent (again)."""
        return self.state in {MailState.KEPT, MailState.UNCONFIRMED, MailState.FAILED}
