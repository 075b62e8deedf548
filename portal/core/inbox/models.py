"""What a person was told inside the portal."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Id, Json, Model
from portal.core.inbox.states import kind_of


class Notice(Model):
    """One notice to one account; its sentence is made when it is shown."""

    __tablename__ = "inbox_notice"
    __table_args__ = (
        sa.Index("ix_inbox_notice_account", "account_id", "id"),
        sa.Index(
            "ix_inbox_notice_unread",
            "account_id",
            sqlite_where=sa.text("read_at IS NULL"),
            postgresql_where=sa.text("read_at IS NULL"),
        ),
    )

    id: Mapped[Id]
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(sa.String(80))
    params: Mapped[Json]
    url: Mapped[str] = mapped_column(sa.String(1000))
    created_at: Mapped[datetime]
    read_at: Mapped[datetime | None]

    @property
    def sentence(self) -> str:
        """What happened, in the language of whoever reads it now."""
        return sentence(self.kind, self.params)


def sentence(value: str, params: Json) -> str:
    """A kind's sentence with its parameters; of a text in several languages one is chosen."""
    from portal.core.i18n import words

    kind = kind_of(value)
    if kind is None:
        return str(_("Something changed that this version can't describe."))
    shown = {key: words(item) if isinstance(item, dict) else item for key, item in params.items()}
    return str(kind.label) % shown
