"""The organisation's values, thanks with whom they go to, claps, and the monthly digest."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core import clock
from portal.core.db import Id, Model, Versioned, Words, enum_column
from portal.people.models import Person
from portal.recognition.states import ThanksVisibility

MAY_CHANGE = timedelta(minutes=30)
"""How long a writer may correct a thanks; afterwards others have read it."""

LEAST, MOST = 10, 1000
"""Characters of a message."""


class OrganisationValue(Versioned, Model):
    """What the organisation stands for; a retired value stays at the thanks that name it."""

    __tablename__ = "organisation_value"

    id: Mapped[Id]
    key: Mapped[str | None] = mapped_column(sa.String(60), unique=True)
    name: Mapped[Words]
    description: Mapped[Words]
    position: Mapped[int]
    retired_at: Mapped[datetime | None]

    @property
    def is_in_use(self) -> bool:
        """Whether new thanks may name it."""
        return self.retired_at is None


named_value = sa.Table(
    "thanks_value",
    Model.metadata,
    sa.Column("thanks_id", sa.ForeignKey("thanks.id"), primary_key=True),
    sa.Column("value_id", sa.ForeignKey("organisation_value.id"), primary_key=True, index=True),
)


class Thanks(Versioned, Model):
    """What one person thanks others for, in the words and the language of the writer."""

    __tablename__ = "thanks"
    __private__ = frozenset({"message"})
    __table_args__ = (
        sa.Index("ix_thanks_written_at", "written_at", "id"),
        sa.CheckConstraint("length(message) BETWEEN 10 AND 1000", name="message"),
        sa.CheckConstraint("(hidden_at IS NULL) = (hidden_reason = '')", name="hidden"),
    )

    id: Mapped[Id]
    writer_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    message: Mapped[str] = mapped_column(sa.Text)
    language: Mapped[str] = mapped_column(sa.String(5))
    visibility: Mapped[ThanksVisibility] = mapped_column(enum_column(ThanksVisibility))
    written_at: Mapped[datetime]
    changed_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    hidden_at: Mapped[datetime | None]
    hidden_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    hidden_reason: Mapped[str] = mapped_column(sa.Text, default="")

    writer: Mapped[Person] = relationship()
    receivers: Mapped[list[ThanksReceiver]] = relationship(
        back_populates="thanks", order_by="ThanksReceiver.id"
    )
    values: Mapped[list[OrganisationValue]] = relationship(
        secondary=named_value, order_by=OrganisationValue.position
    )

    @property
    def is_shown(self) -> bool:
        """Whether anybody but the writer and HR reads it."""
        return self.withdrawn_at is None and self.hidden_at is None

    @property
    def is_public(self) -> bool:
        """Whether it is meant for everyone."""
        return self.visibility is ThanksVisibility.PUBLIC

    @property
    def is_fresh(self) -> bool:
        """Whether the writer may still correct it."""
        return clock.now() - self.written_at < MAY_CHANGE

    def is_for(self, person_id: int) -> bool:
        """Whether it goes to this person."""
        return any(one.person_id == person_id for one in self.receivers)


class ThanksReceiver(Model):
    """One of those a thanks goes to."""

    __tablename__ = "thanks_receiver"
    __table_args__ = (sa.UniqueConstraint("thanks_id", "person_id"),)

    id: Mapped[Id]
    thanks_id: Mapped[int] = mapped_column(sa.ForeignKey("thanks.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)

    thanks: Mapped[Thanks] = relationship(back_populates="receivers")
    person: Mapped[Person] = relationship()


class ThanksClap(Model):
    """One person's applause for a thanks."""

    __tablename__ = "thanks_clap"
    __table_args__ = (sa.UniqueConstraint("thanks_id", "person_id"),)

    id: Mapped[Id]
    thanks_id: Mapped[int] = mapped_column(sa.ForeignKey("thanks.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))


class RecognitionDigest(Model):
    """That a person was sent the digest of a month, named by its first day."""

    __tablename__ = "recognition_digest"
    __table_args__ = (sa.UniqueConstraint("person_id", "month"),)

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    month: Mapped[date]


class DigestRefusal(Model):
    """That a person wants no monthly digest."""

    __tablename__ = "recognition_digest_refusal"

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), primary_key=True)
