"""Promotions with their steps of approval, and who would like to move."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Account
from portal.core.db import Id, Json, Model, Versioned, Words, enum_column
from portal.core.documents import Document
from portal.hiring.states import StepState
from portal.people.models import Employment, Person, Position, Role, Site, Team
from portal.people.states import PayPeriod
from portal.promotions.states import LIVE, GapReason, PromotionState, StepKind

_LIVE = sa.text(f"state IN ({', '.join(repr(str(one)) for one in sorted(LIVE))})")


class Promotion(Versioned, Model):
    """Somebody is to hold another role from a day on; pay in minor units, if it changes.

    ``employment`` is the one they are promoted out of. ``readiness`` is how far they were on the
    day of the proposal, frozen (see ``frozen``). ``by_line`` tells a proposal of somebody who
    answers for them from one of HR. ``end_note`` is what somebody wrote who took it back;
    ``ended_why`` what the portal says where it ended by itself.
    """

    __tablename__ = "promotion"
    __private__ = frozenset(
        {
            "person_id", "employment_id", "role_id", "team_id", "site_id", "position_id",
            "manager_id", "starts_on", "leads_team", "pay", "pay_currency", "pay_period", "in_band",
            "reason", "readiness", "gap_reason", "gap_note", "terms_hash", "answer_note",
            "end_note", "ended_why", "announcement", "document_id",
        }
    )  # fmt: skip
    __table_args__ = (
        sa.CheckConstraint("pay > 0", name="pay"),
        sa.CheckConstraint("(pay IS NULL) = (pay_currency = '')", name="currency"),
        sa.CheckConstraint("gap_reason IS NULL OR gap_note <> ''", name="gap_note"),
        sa.CheckConstraint("(state = 'effective') = (effected_at IS NOT NULL)", name="effected_at"),
        sa.CheckConstraint("announced_at IS NULL OR state = 'effective'", name="announced_at"),
        sa.Index("ix_promotion_state", "state", "starts_on"),
        sa.Index("ix_promotion_person_id", "person_id", "id"),
        sa.Index(
            "uq_promotion_live_person", "person_id", unique=True,
            sqlite_where=_LIVE, postgresql_where=_LIVE,
        ),
        sa.Index(
            "uq_promotion_live_position", "position_id", unique=True,
            sqlite_where=_LIVE, postgresql_where=_LIVE,
        ),
    )  # fmt: skip

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    employment_id: Mapped[int] = mapped_column(sa.ForeignKey("employment.id"))
    role_id: Mapped[int] = mapped_column(sa.ForeignKey("role.id"))
    team_id: Mapped[int] = mapped_column(sa.ForeignKey("team.id"))
    site_id: Mapped[int] = mapped_column(sa.ForeignKey("site.id"))
    position_id: Mapped[int | None] = mapped_column(sa.ForeignKey("position.id"))
    manager_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    starts_on: Mapped[date]
    leads_team: Mapped[bool] = mapped_column(default=False)
    pay: Mapped[int | None] = mapped_column(sa.BigInteger)
    pay_currency: Mapped[str] = mapped_column(sa.String(3), default="")
    pay_period: Mapped[PayPeriod] = mapped_column(enum_column(PayPeriod), default=PayPeriod.YEAR)
    in_band: Mapped[bool] = mapped_column(default=True)
    reason: Mapped[str] = mapped_column(sa.Text)
    readiness: Mapped[Json]
    gap_reason: Mapped[GapReason | None] = mapped_column(enum_column(GapReason))
    gap_note: Mapped[str] = mapped_column(sa.Text, default="")
    state: Mapped[PromotionState] = mapped_column(
        enum_column(PromotionState), default=PromotionState.IN_APPROVAL
    )
    terms_hash: Mapped[str] = mapped_column(sa.String(64))
    by_line: Mapped[bool]
    proposed_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    created_at: Mapped[datetime]
    approved_at: Mapped[datetime | None]
    told_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    answer_note: Mapped[str] = mapped_column(sa.Text, default="")
    effected_at: Mapped[datetime | None]
    announcement: Mapped[str] = mapped_column(sa.Text, default="")
    announce_by_mail: Mapped[bool] = mapped_column(default=False)
    announced_at: Mapped[datetime | None]
    end_note: Mapped[str] = mapped_column(sa.Text, default="")
    ended_why: Mapped[Words] = mapped_column(default=dict)
    document_id: Mapped[int | None] = mapped_column(sa.ForeignKey("document.id"))

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    employment: Mapped[Employment] = relationship()
    role: Mapped[Role] = relationship()
    team: Mapped[Team] = relationship()
    site: Mapped[Site] = relationship()
    position: Mapped[Position | None] = relationship()
    manager: Mapped[Person] = relationship(foreign_keys=[manager_id])
    proposed_by: Mapped[Account] = relationship()
    document: Mapped[Document | None] = relationship()
    steps: Mapped[list[PromotionStep]] = relationship(
        back_populates="promotion", order_by="PromotionStep.round, PromotionStep.number"
    )

    @property
    def present_steps(self) -> list[PromotionStep]:
        """The steps about the present terms; those of earlier rounds no longer count."""
        last = max((step.round for step in self.steps), default=0)
        return [step for step in self.steps if step.round == last]

    @property
    def open_step(self) -> PromotionStep | None:
        """The step that waits for a decision now."""
        if self.state is not PromotionState.IN_APPROVAL:
            return None
        return next((one for one in self.present_steps if one.state is StepState.OPEN), None)

    @property
    def replaced_lead(self) -> Person | None:
        """Who leads the team now and no longer does once it is in effect."""
        lead = self.team.lead if self.leads_team and self.is_live else None
        return lead if lead is not None and lead.id != self.person_id else None

    @property
    def is_live(self) -> bool:
        """Whether it is not over."""
        return self.state in LIVE


class PromotionStep(Model):
    """One step of an approval; who may decide it follows from its kind and the line of today."""

    __tablename__ = "promotion_step"
    __table_args__ = (
        sa.UniqueConstraint("promotion_id", "round", "number"),
        sa.CheckConstraint(
            "(state IN ('approved', 'refused')) = (decided_at IS NOT NULL)", name="decided"
        ),
        sa.Index("ix_promotion_step_state", "state", "kind"),
    )

    id: Mapped[Id]
    promotion_id: Mapped[int] = mapped_column(sa.ForeignKey("promotion.id"))
    round: Mapped[int]
    number: Mapped[int]
    kind: Mapped[StepKind] = mapped_column(enum_column(StepKind))
    state: Mapped[StepState] = mapped_column(enum_column(StepState), default=StepState.WAITING)
    terms_hash: Mapped[str] = mapped_column(sa.String(64))
    opened_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    note: Mapped[str] = mapped_column(sa.Text, default="")

    promotion: Mapped[Promotion] = relationship(back_populates="steps")
    decided_by: Mapped[Account | None] = relationship()


class MoveWish(Versioned, Model):
    """Whether somebody is open to another post; no roles or sites named means any."""

    __tablename__ = "move_wish"
    __private__ = frozenset({"person_id", "is_open", "role_ids", "site_ids"})

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), unique=True)
    is_open: Mapped[bool]
    role_ids: Mapped[list[int]] = mapped_column(default=list)
    site_ids: Mapped[list[int]] = mapped_column(default=list)
    changed_at: Mapped[datetime]

    person: Mapped[Person] = relationship()

    def fits(self, role_id: int, site_id: int) -> bool:
        """Whether a post is one of those wished for."""
        return (not self.role_ids or role_id in self.role_ids) and (
            not self.site_ids or site_id in self.site_ids
        )
