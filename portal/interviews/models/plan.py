"""The question bank and the plan that pins what every candidate is asked."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from portal.competencies.models import Competency, CompetencyVersion
from portal.core.db import Id, Json, Model, Versioned, Words, enum_column
from portal.hiring.models import Requisition
from portal.interviews.states import PlanState, QuestionKind, QuestionLevel


class Question(Model):
    """A question of the bank, with its allowed probes and what to listen for (lists of Words)."""

    __tablename__ = "question"

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(sa.String(60), unique=True)
    competency_id: Mapped[int] = mapped_column(sa.ForeignKey("competency.id"), index=True)
    kind: Mapped[QuestionKind] = mapped_column(enum_column(QuestionKind))
    level: Mapped[QuestionLevel] = mapped_column(enum_column(QuestionLevel))
    text: Mapped[Words]
    probes: Mapped[list[Json]] = mapped_column(default=list)
    listen_for: Mapped[list[Json]] = mapped_column(default=list)
    is_active: Mapped[bool] = mapped_column(default=True)

    competency: Mapped[Competency] = relationship()


class InterviewPlan(Versioned, Model):
    """Competencies with weights, rounds with questions; ``cut`` is a mean rating in hundredths."""

    __tablename__ = "interview_plan"

    id: Mapped[Id]
    requisition_id: Mapped[int] = mapped_column(sa.ForeignKey("requisition.id"), unique=True)
    state: Mapped[PlanState] = mapped_column(enum_column(PlanState), default=PlanState.DRAFT)
    cut: Mapped[int] = mapped_column(default=340)
    content_hash: Mapped[str] = mapped_column(sa.String(64), default="")
    published_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    requisition: Mapped[Requisition] = relationship()
    competencies: Mapped[list[PlanCompetency]] = relationship(
        back_populates="plan", order_by="PlanCompetency.order", cascade="all, delete-orphan"
    )
    rounds: Mapped[list[PlanRound]] = relationship(
        back_populates="plan", order_by="PlanRound.order", cascade="all, delete-orphan"
    )
    questions: Mapped[list[PlanQuestion]] = relationship(
        back_populates="plan", order_by="PlanQuestion.order", cascade="all, delete-orphan"
    )


class PlanRound(Model):
    """One talk of the plan with a panel and questions of its own; ``order`` counts from 1.

    ``total`` is how many rounds the plan has, read together with the row.
    """

    __tablename__ = "plan_round"

    id: Mapped[Id]
    plan_id: Mapped[int] = mapped_column(sa.ForeignKey("interview_plan.id"), index=True)
    name: Mapped[Words]
    minutes: Mapped[int] = mapped_column(default=45)
    panel_size: Mapped[int] = mapped_column(default=2)
    order: Mapped[int]

    plan: Mapped[InterviewPlan] = relationship(back_populates="rounds")
    questions: Mapped[list[PlanQuestion]] = relationship(
        back_populates="round", order_by="PlanQuestion.order"
    )
    if TYPE_CHECKING:  # set below, because it counts the rows of its own table
        total: Mapped[int]

    @property
    def is_last(self) -> bool:
        """Whether no round comes after it."""
        return self.order >= self.total


_beside = sa.alias(PlanRound.__table__, "beside")
PlanRound.total = column_property(
    sa.select(sa.func.count())
    .select_from(_beside)
    .where(_beside.c.plan_id == PlanRound.plan_id)
    .correlate_except(_beside)
    .scalar_subquery()
)


class PlanCompetency(Model):
    """A competency of the plan in one fixed version, with its weight in percent."""

    __tablename__ = "plan_competency"
    __table_args__ = (sa.UniqueConstraint("plan_id", "competency_version_id"),)

    id: Mapped[Id]
    plan_id: Mapped[int] = mapped_column(sa.ForeignKey("interview_plan.id"))
    competency_version_id: Mapped[int] = mapped_column(sa.ForeignKey("competency_version.id"))
    required_level: Mapped[int]
    weight: Mapped[int]
    order: Mapped[int]

    plan: Mapped[InterviewPlan] = relationship(back_populates="competencies")
    competency_version: Mapped[CompetencyVersion] = relationship()


class PlanQuestion(Model):
    """A question of one round, its wording copied: a later edit of the bank changes nothing.

    ``order`` counts through the rounds of the plan.
    """

    __tablename__ = "plan_question"

    id: Mapped[Id]
    plan_id: Mapped[int] = mapped_column(sa.ForeignKey("interview_plan.id"), index=True)
    round_id: Mapped[int] = mapped_column(sa.ForeignKey("plan_round.id"), index=True)
    plan_competency_id: Mapped[int] = mapped_column(sa.ForeignKey("plan_competency.id"))
    question_id: Mapped[int] = mapped_column(sa.ForeignKey("question.id"))
    kind: Mapped[QuestionKind] = mapped_column(enum_column(QuestionKind))
    text: Mapped[Words]
    probes: Mapped[list[Json]] = mapped_column(default=list)
    listen_for: Mapped[list[Json]] = mapped_column(default=list)
    order: Mapped[int]

    plan: Mapped[InterviewPlan] = relationship(back_populates="questions")
    round: Mapped[PlanRound] = relationship(back_populates="questions")
    plan_competency: Mapped[PlanCompetency] = relationship()
