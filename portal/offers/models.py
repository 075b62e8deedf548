"""Offers, approvals bound to their terms, letter templates, links and acceptance records."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Account
from portal.core.db import Id, Json, Model, Versioned, enum_column
from portal.core.documents import Document
from portal.hiring.models import Application
from portal.offers.states import OfferState
from portal.people.models import Person, Role, Site, Team
from portal.people.states import PayPeriod


class LetterTemplate(Model):
    """One version of a letter: ``content`` maps a language to parts with named placeholders."""

    __tablename__ = "letter_template"
    __table_args__ = (sa.UniqueConstraint("key", "number"),)

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(sa.String(60))
    number: Mapped[int]
    content: Mapped[Json]
    created_at: Mapped[datetime]
    created_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))

    @property
    def version(self) -> int:
        """What a form compares: a letter is never changed, only followed by another version."""
        return self.number


class Offer(Versioned, Model):
    """The terms offered to one applicant; pay in minor units for one ``pay_period``."""

    __tablename__ = "offer"
    __table_args__ = (
        sa.CheckConstraint("pay > 0", name="pay"),
        sa.CheckConstraint("(state = 'accepted') = (accepted_at IS NOT NULL)", name="accepted_at"),
        sa.Index("ix_offer_state", "state", "id"),
        sa.Index(
            "uq_offer_live_application",
            "application_id",
            unique=True,
            sqlite_where=sa.text("state NOT IN ('declined', 'expired', 'withdrawn')"),
            postgresql_where=sa.text("state NOT IN ('declined', 'expired', 'withdrawn')"),
        ),
    )

    id: Mapped[Id]
    application_id: Mapped[int] = mapped_column(sa.ForeignKey("application.id"), index=True)
    role_id: Mapped[int] = mapped_column(sa.ForeignKey("role.id"))
    site_id: Mapped[int] = mapped_column(sa.ForeignKey("site.id"))
    team_id: Mapped[int] = mapped_column(sa.ForeignKey("team.id"))
    manager_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    pay: Mapped[int] = mapped_column(sa.BigInteger)
    pay_currency: Mapped[str] = mapped_column(sa.String(3))
    pay_period: Mapped[PayPeriod] = mapped_column(enum_column(PayPeriod), default=PayPeriod.YEAR)
    bonus_percent: Mapped[int] = mapped_column(default=0)
    benefits: Mapped[list[Json]] = mapped_column(default=list)
    starts_on: Mapped[date]
    expires_on: Mapped[date]
    shift: Mapped[str] = mapped_column(default="")
    probation_months: Mapped[int] = mapped_column(default=2)
    language: Mapped[str] = mapped_column(sa.String(5))
    letter_template_id: Mapped[int] = mapped_column(sa.ForeignKey("letter_template.id"))
    in_band: Mapped[bool]
    state: Mapped[OfferState] = mapped_column(enum_column(OfferState), default=OfferState.DRAFT)
    terms_hash: Mapped[str] = mapped_column(sa.String(64))
    document_id: Mapped[int | None] = mapped_column(sa.ForeignKey("document.id"))
    created_at: Mapped[datetime]
    created_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    sent_at: Mapped[datetime | None]
    accepted_at: Mapped[datetime | None]

    application: Mapped[Application] = relationship()
    role: Mapped[Role] = relationship()
    site: Mapped[Site] = relationship()
    team: Mapped[Team] = relationship()
    manager: Mapped[Person] = relationship()
    letter_template: Mapped[LetterTemplate] = relationship()
    document: Mapped[Document | None] = relationship()
    approvals: Mapped[list[OfferApproval]] = relationship(
        back_populates="offer", order_by="OfferApproval.id"
    )
    acceptance: Mapped[Acceptance | None] = relationship(back_populates="offer")


class OfferApproval(Model):
    """Somebody's yes or no to exactly the terms whose hash stands here."""

    __tablename__ = "offer_approval"
    __table_args__ = (sa.UniqueConstraint("offer_id", "account_id", "terms_hash"),)

    id: Mapped[Id]
    offer_id: Mapped[int] = mapped_column(sa.ForeignKey("offer.id"))
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    terms_hash: Mapped[str] = mapped_column(sa.String(64))
    agreed: Mapped[bool]
    note: Mapped[str] = mapped_column(sa.Text, default="")
    decided_at: Mapped[datetime]

    offer: Mapped[Offer] = relationship(back_populates="approvals")
    account: Mapped[Account] = relationship()


class OfferLink(Model):
    """The single-use link by which the candidate answers; only its hash is kept."""

    __tablename__ = "offer_link"

    id: Mapped[Id]
    offer_id: Mapped[int] = mapped_column(sa.ForeignKey("offer.id"), index=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    offer: Mapped[Offer] = relationship()


class Acceptance(Model):
    """The candidate's answer: typed name, consent text, time, address and hash of the letter."""

    __tablename__ = "acceptance"

    id: Mapped[Id]
    offer_id: Mapped[int] = mapped_column(sa.ForeignKey("offer.id"), unique=True)
    accepted: Mapped[bool]
    typed_name: Mapped[str]
    consent_text: Mapped[str] = mapped_column(sa.Text)
    note: Mapped[str] = mapped_column(sa.Text, default="")
    answered_at: Mapped[datetime]
    address: Mapped[str] = mapped_column(sa.String(45))
    browser: Mapped[str] = mapped_column(default="")
    document_sha256: Mapped[str] = mapped_column(sa.String(64))

    offer: Mapped[Offer] = relationship(back_populates="acceptance")
