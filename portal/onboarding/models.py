"""Onboarding templates, the plan of one hire, and its tasks."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Account
from portal.core.db import Id, Json, Model, Words, enum_column
from portal.core.files import StoredFile
from portal.onboarding.states import TaskOwner, TaskState
from portal.people.models import Employment, Person, Role


class OnboardingTemplate(Model):
    """What a new hire in a role does, with day offsets from the start.

    ``tasks`` are written as in the starter pack.
    """

    __tablename__ = "onboarding_template"

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(sa.String(60))
    number: Mapped[int] = mapped_column(default=1)
    role_id: Mapped[int] = mapped_column(sa.ForeignKey("role.id"))
    site_id: Mapped[int | None] = mapped_column(sa.ForeignKey("site.id"))
    name: Mapped[Words]
    tasks: Mapped[list[Json]]
    is_active: Mapped[bool] = mapped_column(default=True)

    role: Mapped[Role] = relationship()


class OnboardingPlan(Model):
    """The checklist of one employment."""

    __tablename__ = "onboarding_plan"
    __table_args__ = (sa.Index("ix_onboarding_plan_starts_on", "starts_on", "id"),)

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    employment_id: Mapped[int] = mapped_column(sa.ForeignKey("employment.id"), unique=True)
    template_id: Mapped[int | None] = mapped_column(sa.ForeignKey("onboarding_template.id"))
    starts_on: Mapped[date]
    created_at: Mapped[datetime]

    person: Mapped[Person] = relationship()
    employment: Mapped[Employment] = relationship()
    tasks: Mapped[list[OnboardingTask]] = relationship(
        back_populates="plan", order_by="OnboardingTask.due_on, OnboardingTask.id"
    )

    @property
    def buddy(self) -> Person | None:
        """The colleague who owns the buddy's tasks; the manager only stands in."""
        owners = (task.owner for task in self.tasks if task.owner_kind is TaskOwner.BUDDY)
        manager_id = self.employment.manager_id
        return next((who for who in owners if who and who.id != manager_id), None)


class OnboardingTask(Model):
    """One thing to do by one owner on one day; HR and IT tasks have no single owner.

    ``reason`` says in words why the interview asked for it; empty for tasks of the template.
    """

    __tablename__ = "onboarding_task"
    __table_args__ = (
        sa.UniqueConstraint("plan_id", "key"),
        sa.Index("ix_onboarding_task_owner", "owner_id", "done_at", "due_on"),
        sa.Index("ix_onboarding_task_kind", "owner_kind", "done_at", "due_on"),
    )

    id: Mapped[Id]
    plan_id: Mapped[int] = mapped_column(sa.ForeignKey("onboarding_plan.id"))
    key: Mapped[str] = mapped_column(sa.String(80))
    title: Mapped[Words]
    help: Mapped[Words]
    reason: Mapped[Words] = mapped_column(default=dict)
    competency_id: Mapped[int | None] = mapped_column(sa.ForeignKey("competency.id"))
    owner_kind: Mapped[TaskOwner] = mapped_column(enum_column(TaskOwner))
    owner_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    due_on: Mapped[date]
    needs_evidence: Mapped[bool] = mapped_column(default=False)
    blocking: Mapped[bool] = mapped_column(default=False)
    milestone: Mapped[int | None]
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    evidence: Mapped[str] = mapped_column(sa.Text, default="")
    evidence_file_id: Mapped[int | None] = mapped_column(sa.ForeignKey("stored_file.id"))

    plan: Mapped[OnboardingPlan] = relationship(back_populates="tasks")
    owner: Mapped[Person | None] = relationship()
    evidence_file: Mapped[StoredFile | None] = relationship()
    done_by: Mapped[Account | None] = relationship()

    @property
    def from_interview(self) -> bool:
        """Whether the interview asked for it, and not the template."""
        return self.competency_id is not None

    def state_on(self, day: date) -> TaskState:
        """How the task stands on a day."""
        if self.done_at is not None:
            return TaskState.DONE
        if self.due_on < day:
            return TaskState.OVERDUE
        return TaskState.DUE if self.due_on == day else TaskState.TO_DO
