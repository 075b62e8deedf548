"""Bonus plans with their versions, the runs of a period, and the statements of people."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Account
from portal.bonuses.states import (
    BaseKind,
    FailedGate,
    Period,
    PlanState,
    RunState,
    SmallSample,
)
from portal.core.db import Id, Json, Model, Versioned, Words, enum_column
from portal.core.documents import Document
from portal.metrics.models import Exact, Metric
from portal.people.models import Person, Site, Team


class BonusPlan(Model):
    """A plan over the years; what it says is in its versions."""

    __tablename__ = "bonus_plan"

    id: Mapped[Id]
    state: Mapped[PlanState] = mapped_column(enum_column(PlanState), default=PlanState.IN_USE)
    current_version_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("bonus_plan_version.id", use_alter=True)
    )

    current: Mapped[BonusPlanVersion | None] = relationship(
        foreign_keys=[current_version_id], post_update=True
    )

    @property
    def terms(self) -> BonusPlanVersion:
        """The version in force; a plan is published from the start."""
        assert self.current is not None
        return self.current

    @property
    def version(self) -> int:
        """The number of the version in force, by which a form knows that it is stale."""
        return self.terms.number


class BonusPlanVersion(Model):
    """One published plan, named by its content hash, and never changed.

    ``percent`` of yearly pay is what a year pays at target; ``amount`` what one period pays, in
    minor units of ``currency``. ``cap`` bounds the whole payout, in per cent. It is for the roles
    of ``roles``, and of these for a team and all below it, and for a site, where they are named.
    """

    __tablename__ = "bonus_plan_version"
    __table_args__ = (
        sa.UniqueConstraint("plan_id", "number"),
        sa.CheckConstraint("(base = 'percent') = (percent IS NOT NULL)", name="percent"),
        sa.CheckConstraint("(base = 'fixed') = (amount IS NOT NULL)", name="amount"),
        sa.CheckConstraint(
            "(attendance_id IS NULL) = (attendance_least IS NULL)", name="attendance"
        ),
    )

    id: Mapped[Id]
    plan_id: Mapped[int] = mapped_column(sa.ForeignKey("bonus_plan.id"))
    number: Mapped[int]
    name: Mapped[Words]
    period: Mapped[Period] = mapped_column(enum_column(Period))
    currency: Mapped[str] = mapped_column(sa.String(3))
    base: Mapped[BaseKind] = mapped_column(enum_column(BaseKind))
    percent: Mapped[Decimal | None] = mapped_column(Exact)
    amount: Mapped[int | None] = mapped_column(sa.BigInteger)
    cap: Mapped[Decimal] = mapped_column(Exact)
    small_sample: Mapped[SmallSample] = mapped_column(enum_column(SmallSample))
    failed_gate: Mapped[FailedGate] = mapped_column(enum_column(FailedGate))
    needs_conduct: Mapped[bool] = mapped_column(default=False)
    needs_certificates: Mapped[bool] = mapped_column(default=False)
    attendance_id: Mapped[int | None] = mapped_column(sa.ForeignKey("metric.id"))
    attendance_least: Mapped[Decimal | None] = mapped_column(Exact)
    managers_see: Mapped[bool] = mapped_column(default=False)
    roles: Mapped[list[int]] = mapped_column(default=list)
    team_id: Mapped[int | None] = mapped_column(sa.ForeignKey("team.id"))
    site_id: Mapped[int | None] = mapped_column(sa.ForeignKey("site.id"))
    content_hash: Mapped[str] = mapped_column(sa.String(64))
    published_at: Mapped[datetime]
    published_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))

    plan: Mapped[BonusPlan] = relationship(foreign_keys=[plan_id])
    team: Mapped[Team | None] = relationship()
    site: Mapped[Site | None] = relationship()
    attendance: Mapped[Metric | None] = relationship()
    measures: Mapped[list[BonusMeasure]] = relationship(
        back_populates="version", order_by="BonusMeasure.order"
    )


class BonusMeasure(Model):
    """A metric of a plan with its weight and curve; figures and payouts as in ``curve.Curve``."""

    __tablename__ = "bonus_measure"
    __table_args__ = (
        sa.UniqueConstraint("version_id", "metric_id"),
        sa.CheckConstraint("weight > 0", name="weight"),
    )

    id: Mapped[Id]
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("bonus_plan_version.id"))
    order: Mapped[int]
    metric_id: Mapped[int] = mapped_column(sa.ForeignKey("metric.id"))
    weight: Mapped[Decimal] = mapped_column(Exact)
    threshold: Mapped[Decimal] = mapped_column(Exact)
    target: Mapped[Decimal] = mapped_column(Exact)
    maximum: Mapped[Decimal] = mapped_column(Exact)
    at_threshold: Mapped[Decimal] = mapped_column(Exact)
    at_target: Mapped[Decimal] = mapped_column(Exact)
    at_maximum: Mapped[Decimal] = mapped_column(Exact)

    version: Mapped[BonusPlanVersion] = relationship(back_populates="measures")
    metric: Mapped[Metric] = relationship()


class BonusRun(Versioned, Model):
    """The statements of one plan and period, prepared by one, approved by another.

    ``content_hash`` names exactly the statements that were sent for approval.
    """

    __tablename__ = "bonus_run"
    __table_args__ = (
        sa.Index(
            "uq_bonus_run_period",
            "plan_id",
            "starts_on",
            unique=True,
            sqlite_where=sa.text("state <> 'cancelled'"),
            postgresql_where=sa.text("state <> 'cancelled'"),
        ),
        sa.CheckConstraint("starts_on <= ends_on", name="ordered"),
        sa.CheckConstraint("(state = 'issued') = (issued_at IS NOT NULL)", name="issued"),
    )

    id: Mapped[Id]
    plan_id: Mapped[int] = mapped_column(sa.ForeignKey("bonus_plan.id"))
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("bonus_plan_version.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    state: Mapped[RunState] = mapped_column(enum_column(RunState), default=RunState.DRAFT)
    content_hash: Mapped[str] = mapped_column(sa.String(64), default="")
    note: Mapped[str] = mapped_column(sa.Text, default="")
    started_at: Mapped[datetime]
    started_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    proposed_at: Mapped[datetime | None]
    proposed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    issued_at: Mapped[datetime | None]

    plan: Mapped[BonusPlan] = relationship()
    terms: Mapped[BonusPlanVersion] = relationship()
    started_by: Mapped[Account] = relationship(foreign_keys=[started_by_id])
    proposed_by: Mapped[Account | None] = relationship(foreign_keys=[proposed_by_id])
    approved_by: Mapped[Account | None] = relationship(foreign_keys=[approved_by_id])


class BonusEntry(Versioned, Model):
    """One person of a run: yearly pay as HR entered it, or why they are left out."""

    __tablename__ = "bonus_entry"
    __private__ = frozenset({"pay", "reason"})
    __table_args__ = (
        sa.UniqueConstraint("run_id", "person_id"),
        sa.CheckConstraint("pay >= 0", name="pay"),
        sa.CheckConstraint("NOT left_out OR reason <> ''", name="reason"),
    )

    id: Mapped[Id]
    run_id: Mapped[int] = mapped_column(sa.ForeignKey("bonus_run.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    pay: Mapped[int | None] = mapped_column(sa.BigInteger)
    left_out: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(sa.Text, default="")

    run: Mapped[BonusRun] = relationship()
    person: Mapped[Person] = relationship()


class BonusStatement(Model):
    """What somebody gets and why; an issued one is never changed, a correction is the next number.

    A correction is issued once a second person has agreed; the database refuses to change what a
    statement says, or to lose an issued one. ``content`` holds the plan, the inputs and every step
    as they were. ``amount`` is in minor units of ``currency``.
    """

    __tablename__ = "bonus_statement"
    __private__ = frozenset({"content", "amount", "reason"})
    __table_args__ = (
        sa.UniqueConstraint("run_id", "person_id", "number"),
        sa.Index("ix_bonus_statement_person", "person_id", "issued_at"),
        sa.CheckConstraint("number = 1 OR reason <> ''", name="reason"),
    )

    id: Mapped[Id]
    run_id: Mapped[int] = mapped_column(sa.ForeignKey("bonus_run.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    number: Mapped[int] = mapped_column(default=1)
    content: Mapped[Json]
    content_hash: Mapped[str] = mapped_column(sa.String(64))
    amount: Mapped[int] = mapped_column(sa.BigInteger)
    currency: Mapped[str] = mapped_column(sa.String(3))
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    created_at: Mapped[datetime]
    created_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    issued_at: Mapped[datetime | None]
    document_id: Mapped[int | None] = mapped_column(sa.ForeignKey("document.id"))

    run: Mapped[BonusRun] = relationship()
    person: Mapped[Person] = relationship()
    created_by: Mapped[Account] = relationship()
    document: Mapped[Document | None] = relationship()

    @property
    def is_pending_correction(self) -> bool:
        """Whether it waits for the second person who lets it take the place of the one before."""
        return self.number > 1 and self.issued_at is None
