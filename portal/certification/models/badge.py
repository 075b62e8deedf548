"""Digital badges of awards, the keys that sign them, and their place on the status list."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.certification.models.award import Award
from portal.core.db import Id, Json, Model


class BadgeKey(Model):
    """A key that signs badges; a retired one still verifies those it signed.

    ``private_sealed`` is encrypted with a key derived from the installation's secret.
    """

    __tablename__ = "badge_key"
    __private__ = frozenset({"private_sealed"})

    id: Mapped[Id]
    kid: Mapped[str] = mapped_column(sa.String(80), unique=True)
    public_jwk: Mapped[Json]
    private_sealed: Mapped[str] = mapped_column(sa.Text)
    created_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]


class Badge(Model):
    """The Open Badges 3.0 credential of one award, signed once; ``uid`` is its public address.

    ``credential`` and ``token`` are empty until a worker has signed them. A holder who withdraws
    the badge may publish the award again, as another badge.
    """

    __tablename__ = "badge"
    __private__ = frozenset({"credential", "token"})
    __table_args__ = (
        sa.Index("ix_badge_award", "award_id"),
        sa.Index(
            "uq_badge_published",
            "award_id",
            unique=True,
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        ),
    )

    id: Mapped[Id]
    uid: Mapped[str] = mapped_column(sa.String(60), unique=True)
    award_id: Mapped[int] = mapped_column(sa.ForeignKey("award.id"))
    key_id: Mapped[int] = mapped_column(sa.ForeignKey("badge_key.id"))
    status_index: Mapped[int] = mapped_column(unique=True)
    credential: Mapped[Json] = mapped_column(default=dict)
    token: Mapped[str] = mapped_column(sa.Text, default="")
    issued_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]

    award: Mapped[Award] = relationship()
    key: Mapped[BadgeKey] = relationship()

    @property
    def is_signed(self) -> bool:
        """Whether a worker has signed it."""
        return bool(self.token)
