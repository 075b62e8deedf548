"""Requests for head-count and the steps of their approval."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Account
from portal.core.db import Id, Model, Versioned, enum_column
from portal.hiring.states import RequisitionReason, RequisitionState, StepState
from portal.people.models import Person, Role, Site, Team
from portal.people.states import PayPeriod


class Requisition(Versioned, Model):
    """A request to hire ``openings`` people for a role in a team; pay in minor units."""

    __tablename__ = "requisition"
    __table_args__ = (
        sa.CheckConstraint("openings BETWEEN 1 AND 500", name="openings"),
        sa.CheckConstraint("pay_minimum <= pay_maximum", name="pay_ordered"),
        sa.CheckConstraint("hired <= openings", name="headcount"),
    )

    id: Mapped[Id]
    role_id: Mapped[int] = mapped_column(sa.ForeignKey("role.id"))
    site_id: Mapped[int] = mapped_column(sa.ForeignKey("site.id"))
    team_id: Mapped[int] = mapped_column(sa.ForeignKey("team.id"), index=True)
    hiring_manager_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    openings: Mapped[int]
    hired: Mapped[int] = mapped_column(default=0)
    pay_minimum: Mapped[int] = mapped_column(sa.BigInteger)
    pay_maximum: Mapped[int] = mapped_column(sa.BigInteger)
    pay_currency: Mapped[str] = mapped_column(sa.String(3))
    pay_period: Mapped[PayPeriod] = mapped_column(enum_column(PayPeriod), default=PayPeriod.YEAR)
    reason: Mapped[RequisitionReason] = mapped_column(enum_column(RequisitionReason))
    note: Mapped[str] = mapped_column(sa.Text, default="")
    wanted_start: Mapped[date | None]
    state: Mapped[RequisitionState] = mapped_column(
        enum_column(RequisitionState), default=RequisitionState.DRAFT, index=True
    )
    created_at: Mapped[datetime]
    created_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))

    created_by: Mapped[Account] = relationship()
    role: Mapped[Role] = relationship()
    site: Mapped[Site] = relationship()
    team: Mapped[Team] = relationship()
    hiring_manager: Mapped[Person] = relationship()
    steps: Mapped[list[ApprovalStep]] = relationship(
        back_populates="requisition", order_by="ApprovalStep.round, ApprovalStep.number"
    )

    @property
    def is_changeable(self) -> bool:
        """Whether its terms may still change: nobody has approved them."""
        return self.state in {RequisitionState.DRAFT, RequisitionState.REFUSED}

    @property
    def is_over(self) -> bool:
        """Whether nothing more can happen to it."""
        return self.state in {RequisitionState.FILLED, RequisitionState.CANCELLED}

    @property
    def openings_left(self) -> int:
        """How many people can still be hired."""
        return self.openings - self.hired

    @property
    def open_step(self) -> ApprovalStep | None:
        """The step that waits for a decision now."""
        return next((step for step in self.steps if step.state is StepState.OPEN), None)


class ApprovalStep(Model):
    """One step of an approval: ``needed`` of the named accounts must agree before the next opens.

    ``round`` counts how often the requisition was sent for approval; a refusal ends a round.
    """

    __tablename__ = "approval_step"
    __table_args__ = (
        sa.UniqueConstraint("requisition_id", "round", "number"),
        sa.CheckConstraint("needed >= 1", name="needed"),
    )

    id: Mapped[Id]
    requisition_id: Mapped[int] = mapped_column(sa.ForeignKey("requisition.id"))
    round: Mapped[int] = mapped_column(default=1)
    number: Mapped[int]
    approver_ids: Mapped[list[int]]
    needed: Mapped[int] = mapped_column(default=1)
    state: Mapped[StepState] = mapped_column(enum_column(StepState), default=StepState.WAITING)

    requisition: Mapped[Requisition] = relationship(back_populates="steps")
    decisions: Mapped[list[StepDecision]] = relationship(
        back_populates="step", order_by="StepDecision.id"
    )

    def waits_for(self, account: Account) -> bool:
        """Whether this person's decision is missing; nobody approves their own if another can."""
        if self.state is not StepState.OPEN or account.id not in self.approver_ids:
            return False
        own = self.requisition.created_by_id == account.id and len(self.approver_ids) > 1
        return not own and all(item.account_id != account.id for item in self.decisions)


class StepDecision(Model):
    """What one approver said, and when."""

    __tablename__ = "step_decision"
    __table_args__ = (sa.UniqueConstraint("step_id", "account_id"),)

    id: Mapped[Id]
    step_id: Mapped[int] = mapped_column(sa.ForeignKey("approval_step.id"))
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    agreed: Mapped[bool]
    note: Mapped[str] = mapped_column(sa.Text, default="")
    decided_at: Mapped[datetime]

    step: Mapped[ApprovalStep] = relationship(back_populates="decisions")
    account: Mapped[Account] = relationship()
