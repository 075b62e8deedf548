"""Goals of people and teams, the changes that were agreed on, and check-ins."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Account
from portal.core.db import Id, Json, Model, Versioned, enum_column
from portal.goals.states import ChangeState, GoalState, Measure, Standing
from portal.metrics.models import Exact, Metric
from portal.people.models import Person, Team


class Goal(Versioned, Model):
    """What a person or a team wants to reach in a stretch of time.

    ``weight`` is in per cent of all the person's goals of the time; goals of teams have none.
    ``start`` and ``target`` are the values at 0 and at 100 %: of steps 0 and how many there are.
    Of a metric ``start`` may be unknown. ``result`` is in per cent, ``outcome`` the sentence with
    it, or the reason why the goal was dropped.
    """

    __tablename__ = "goal"
    __private__ = frozenset({"title", "description", "why", "returned", "outcome"})
    __table_args__ = (
        sa.Index("ix_goal_person", "person_id", "state"),
        sa.Index("ix_goal_state", "state", "ends_on"),
        sa.CheckConstraint("(person_id IS NULL) <> (team_id IS NULL)", name="owner"),
        sa.CheckConstraint("team_id IS NULL OR state <> 'proposed'", name="team_state"),
        sa.CheckConstraint("weight BETWEEN 0 AND 100", name="weight"),
        sa.CheckConstraint("starts_on <= ends_on", name="ordered"),
        sa.CheckConstraint("(measure = 'metric') = (metric_id IS NOT NULL)", name="metric"),
        sa.CheckConstraint("start IS NOT NULL OR measure = 'metric'", name="start"),
        sa.CheckConstraint("start <> target", name="distance"),
        sa.CheckConstraint("parent_id <> id", name="parent"),
        sa.CheckConstraint("result BETWEEN 0 AND 100", name="result"),
        sa.CheckConstraint(
            "(state IN ('done', 'partly', 'missed')) = (result IS NOT NULL)", name="closed"
        ),
        sa.CheckConstraint("(state IN ('draft', 'proposed')) = (agreed_at IS NULL)", name="agreed"),
    )

    id: Mapped[Id]
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
    team_id: Mapped[int | None] = mapped_column(sa.ForeignKey("team.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("goal.id"), index=True)
    title: Mapped[str] = mapped_column(sa.String(200))
    description: Mapped[str] = mapped_column(sa.Text, default="")
    why: Mapped[str] = mapped_column(sa.Text, default="")
    weight: Mapped[int] = mapped_column(default=0)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    measure: Mapped[Measure] = mapped_column(enum_column(Measure))
    unit: Mapped[str] = mapped_column(sa.String(40), default="")
    start: Mapped[Decimal | None] = mapped_column(Exact)
    target: Mapped[Decimal] = mapped_column(Exact)
    metric_id: Mapped[int | None] = mapped_column(sa.ForeignKey("metric.id"))
    state: Mapped[GoalState] = mapped_column(enum_column(GoalState), default=GoalState.DRAFT)
    created_at: Mapped[datetime]
    created_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    proposed_at: Mapped[datetime | None]
    proposed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    returned: Mapped[str] = mapped_column(sa.Text, default="")
    agreed_at: Mapped[datetime | None]
    agreed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    result: Mapped[int | None]
    outcome: Mapped[str] = mapped_column(sa.Text, default="")

    person: Mapped[Person | None] = relationship()
    team: Mapped[Team | None] = relationship()
    metric: Mapped[Metric | None] = relationship()
    parent: Mapped[Goal | None] = relationship(remote_side="Goal.id")
    proposed_by: Mapped[Account | None] = relationship(foreign_keys=[proposed_by_id])
    agreed_by: Mapped[Account | None] = relationship(foreign_keys=[agreed_by_id])
    closed_by: Mapped[Account | None] = relationship(foreign_keys=[closed_by_id])
    check_ins: Mapped[list[GoalCheckIn]] = relationship(
        back_populates="goal", order_by="GoalCheckIn.on_day, GoalCheckIn.id"
    )
    changes: Mapped[list[GoalChange]] = relationship(
        back_populates="goal", order_by="GoalChange.id.desc()"
    )

    @property
    def open_change(self) -> GoalChange | None:
        """The change that waits for the other side, if there is one."""
        return next((one for one in self.changes if one.state is ChangeState.PROPOSED), None)


class GoalChange(Versioned, Model):
    """Other terms for an agreed goal; what stood there before stays to be read.

    ``before`` and ``after`` are terms as ``terms.Terms`` writes them.
    """

    __tablename__ = "goal_change"
    __private__ = frozenset({"before", "after", "reason", "answer"})
    __table_args__ = (
        sa.Index(
            "uq_goal_change_open",
            "goal_id",
            unique=True,
            sqlite_where=sa.text("state = 'proposed'"),
            postgresql_where=sa.text("state = 'proposed'"),
        ),
        sa.CheckConstraint("(state = 'proposed') = (decided_at IS NULL)", name="decided"),
    )

    id: Mapped[Id]
    goal_id: Mapped[int] = mapped_column(sa.ForeignKey("goal.id"), index=True)
    before: Mapped[Json]
    after: Mapped[Json]
    reason: Mapped[str] = mapped_column(sa.Text)
    state: Mapped[ChangeState] = mapped_column(
        enum_column(ChangeState), default=ChangeState.PROPOSED
    )
    proposed_at: Mapped[datetime]
    proposed_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    answer: Mapped[str] = mapped_column(sa.Text, default="")

    goal: Mapped[Goal] = relationship(back_populates="changes")
    proposed_by: Mapped[Account] = relationship(foreign_keys=[proposed_by_id])
    decided_by: Mapped[Account | None] = relationship(foreign_keys=[decided_by_id])


class GoalCheckIn(Model):
    """How a goal stood on a day; never changed. A metric's value is read, not written here."""

    __tablename__ = "goal_check_in"
    __private__ = frozenset({"note"})
    __table_args__ = (sa.Index("ix_goal_check_in_goal", "goal_id", "on_day", "id"),)

    id: Mapped[Id]
    goal_id: Mapped[int] = mapped_column(sa.ForeignKey("goal.id"))
    on_day: Mapped[date]
    value: Mapped[Decimal | None] = mapped_column(Exact)
    standing: Mapped[Standing] = mapped_column(enum_column(Standing))
    note: Mapped[str] = mapped_column(sa.Text, default="")
    created_at: Mapped[datetime]
    created_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))

    goal: Mapped[Goal] = relationship(back_populates="check_ins")
    created_by: Mapped[Account] = relationship()
