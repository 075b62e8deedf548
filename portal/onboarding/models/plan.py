"""The plan of one hire, and its tasks."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Account
from portal.core.db import Id, Model, Words, enum_column
from portal.core.files import StoredFile
from portal.onboarding.models.template import OnboardingTemplate
from portal.onboarding.states import PlanState, TaskOwner, TaskState
from portal.people.models import Employment, Person

if TYPE_CHECKING:
    from portal.onboarding.models.check_in import OnboardingCheckIn


class OnboardingPlan(Model):
    """The checklist of one employment; it follows the person into the next one.

    ``manager`` answers for it, ``finish_by`` is the last day to finish it, and ``told_overdue_at``
    when people heard that this day has passed.
    """

    __tablename__ = "onboarding_plan"
    __table_args__ = (sa.Index("ix_onboarding_plan_starts_on", "starts_on", "id"),)

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    employment_id: Mapped[int] = mapped_column(sa.ForeignKey("employment.id"), unique=True)
    template_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("onboarding_template.id"), index=True
    )
    manager_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"), index=True)
    starts_on: Mapped[date]
    finish_by: Mapped[date | None]
    probation_ends_on: Mapped[date | None]
    told_overdue_at: Mapped[datetime | None]
    stopped_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    manager: Mapped[Person | None] = relationship(foreign_keys=[manager_id])
    employment: Mapped[Employment] = relationship()
    template: Mapped[OnboardingTemplate | None] = relationship()
    tasks: Mapped[list[OnboardingTask]] = relationship(
        back_populates="plan",
        order_by="OnboardingTask.due_on, OnboardingTask.id",
        cascade="save-update, merge, delete-orphan, delete",
    )

    @property
    def buddy(self) -> Person | None:
        """The colleague who owns the buddy's tasks; the manager only stands in."""
        owners = (task.owner for task in self.tasks if task.owner_kind is TaskOwner.BUDDY)
        return next((who for who in owners if who and who.id != self.manager_id), None)

    @property
    def open_tasks(self) -> list[OnboardingTask]:
        """What is left to do."""
        return [task for task in self.tasks if task.done_at is None]

    @property
    def holding_start(self) -> list[OnboardingTask]:
        """The open blocking tasks without which the person may not begin."""
        return [task for task in self.open_tasks if task.blocking and task.due_on <= self.starts_on]

    @property
    def may_start(self) -> bool:
        """Whether everything is done that must be before the first day's work."""
        return not self.holding_start

    def held_up_on(self, day: date) -> list[OnboardingTask]:
        """The open blocking tasks that should be done by a day."""
        return [task for task in self.open_tasks if task.blocking and task.due_on <= day]

    def is_overdue_on(self, day: date) -> bool:
        """Whether it should have been finished and is not."""
        running = self.stopped_at is None and bool(self.open_tasks)
        return running and self.finish_by is not None and self.finish_by < day

    def state_on(self, day: date) -> PlanState:
        """How the plan stands on a day."""
        late = sum(task.due_on < day for task in self.open_tasks)
        blocking = sum(task.blocking and task.due_on < day for task in self.open_tasks)
        return plan_state(self, day, left=len(self.open_tasks), late=late, blocking=blocking)


def plan_state(
    plan: OnboardingPlan, day: date, *, left: int, late: int, blocking: int
) -> PlanState:
    """How a plan stands on a day with so many open, late, and late blocking tasks."""
    if plan.stopped_at is not None:
        return PlanState.STOPPED
    if not left:
        return PlanState.FINISHED
    if blocking:
        return PlanState.BLOCKED
    if late or (plan.finish_by is not None and plan.finish_by < day):
        return PlanState.LATE
    return PlanState.BEFORE_START if day < plan.starts_on else PlanState.ON_TRACK


class OnboardingTask(Model):
    """One thing to do by one owner on one day; HR and IT tasks have no single owner.

    ``reason`` says in words why the interview asked for it; empty for tasks of the template.
    ``agreed_at_id`` is the task of the check-in at which two people agreed on it. A task with a
    ``course`` is done when the course is completed.
    """

    __tablename__ = "onboarding_task"
    __table_args__ = (
        sa.UniqueConstraint("plan_id", "key"),
        sa.Index("ix_onboarding_task_owner", "owner_id", "done_at", "due_on"),
        sa.Index("ix_onboarding_task_kind", "owner_kind", "done_at", "due_on"),
        sa.Index(
            "ix_onboarding_task_holding",
            "plan_id",
            "due_on",
            sqlite_where=sa.text("done_at IS NULL AND blocking = 1"),
            postgresql_where=sa.text("done_at IS NULL AND blocking"),
        ),
    )

    id: Mapped[Id]
    plan_id: Mapped[int] = mapped_column(sa.ForeignKey("onboarding_plan.id"))
    key: Mapped[str] = mapped_column(sa.String(80))
    title: Mapped[Words]
    help: Mapped[Words]
    reason: Mapped[Words] = mapped_column(default=dict)
    competency_id: Mapped[int | None] = mapped_column(sa.ForeignKey("competency.id"))
    course_id: Mapped[int | None] = mapped_column(sa.ForeignKey("course.id"), index=True)
    owner_kind: Mapped[TaskOwner] = mapped_column(enum_column(TaskOwner))
    owner_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    due_on: Mapped[date]
    needs_evidence: Mapped[bool] = mapped_column(default=False)
    blocking: Mapped[bool] = mapped_column(default=False)
    milestone: Mapped[int | None]
    agreed_at_id: Mapped[int | None] = mapped_column(sa.ForeignKey("onboarding_task.id"))
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    evidence: Mapped[str] = mapped_column(sa.Text, default="")
    evidence_file_id: Mapped[int | None] = mapped_column(sa.ForeignKey("stored_file.id"))

    plan: Mapped[OnboardingPlan] = relationship(back_populates="tasks")
    owner: Mapped[Person | None] = relationship()
    evidence_file: Mapped[StoredFile | None] = relationship()
    done_by: Mapped[Account | None] = relationship()
    check_in: Mapped[OnboardingCheckIn | None] = relationship(
        back_populates="task", cascade="save-update, merge, delete-orphan, delete"
    )

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
