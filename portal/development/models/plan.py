"""A person's own plan towards a role, and its actions."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Account
from portal.core.db import Id, Model, Versioned, enum_column
from portal.development.states import PlanActionKind, PlanState
from portal.people.models import Person, Role

UNSIGNED = "closed_at IS NULL AND (person_signed_at IS NULL OR manager_signed_at IS NULL)"


class CareerPlan(Versioned, Model):
    """One plan; it is agreed once both have signed, and any change asks for both names again."""

    __tablename__ = "career_plan"
    __table_args__ = (
        sa.Index("ix_career_plan_person", "person_id", "id"),
        sa.Index(
            "uq_career_plan_live",
            "person_id",
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        ),
        sa.Index(
            "ix_career_plan_unsigned",
            "person_id",
            sqlite_where=sa.text(UNSIGNED),
            postgresql_where=sa.text(UNSIGNED),
        ),
        sa.CheckConstraint(
            "(manager_signed_at IS NULL) = (manager_signed_by_id IS NULL)", name="manager_signed"
        ),
    )

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    role_id: Mapped[int] = mapped_column(sa.ForeignKey("role.id"))
    review_on: Mapped[date]
    created_at: Mapped[datetime]
    created_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    person_signed_at: Mapped[datetime | None]
    manager_signed_at: Mapped[datetime | None]
    manager_signed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    closed_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()
    role: Mapped[Role] = relationship()
    manager_signed_by: Mapped[Account | None] = relationship(foreign_keys=[manager_signed_by_id])
    actions: Mapped[list[PlanAction]] = relationship(
        back_populates="plan", order_by="PlanAction.due_on, PlanAction.id"
    )

    @property
    def state(self) -> PlanState:
        """How far it is."""
        if self.closed_at is not None:
            return PlanState.CLOSED
        signed = (self.person_signed_at is not None) + (self.manager_signed_at is not None)
        return (PlanState.DRAFT, PlanState.SIGNED, PlanState.AGREED)[signed]


class PlanAction(Versioned, Model):
    """One thing to do by a day.

    ``subject_id`` is the course, programme or certification of a linked action; its own record
    tells when it is done. Other actions have ``title`` and a day in ``done_on``. ``need`` is the
    line of the path it helps, as ``careers`` names it.
    """

    __tablename__ = "plan_action"
    __private__ = frozenset({"title", "note"})
    __table_args__ = (
        sa.Index("ix_plan_action_plan", "plan_id"),
        sa.Index("ix_plan_action_due", "due_on"),
        sa.CheckConstraint(
            "(kind IN ('course', 'programme', 'certification')) = (subject_id IS NOT NULL)",
            name="linked",
        ),
        sa.CheckConstraint("subject_id IS NULL OR done_on IS NULL", name="not_typed"),
        sa.CheckConstraint("subject_id IS NOT NULL OR title <> ''", name="named"),
        sa.CheckConstraint("done_on IS NULL OR dropped_on IS NULL", name="one_end"),
    )

    id: Mapped[Id]
    plan_id: Mapped[int] = mapped_column(sa.ForeignKey("career_plan.id"))
    kind: Mapped[PlanActionKind] = mapped_column(enum_column(PlanActionKind))
    subject_id: Mapped[int | None]
    title: Mapped[str] = mapped_column(sa.String(200), default="")
    note: Mapped[str] = mapped_column(sa.Text, default="")
    need: Mapped[str] = mapped_column(sa.String(60), default="")
    due_on: Mapped[date]
    done_on: Mapped[date | None]
    dropped_on: Mapped[date | None]
    created_at: Mapped[datetime]
    created_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))

    plan: Mapped[CareerPlan] = relationship(back_populates="actions")
    created_by: Mapped[Account] = relationship()

    @property
    def person(self) -> Person:
        """Whose plan it is in."""
        return self.plan.person
