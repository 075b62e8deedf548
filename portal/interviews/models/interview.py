"""Interviews, the scorecards of their panel, and the decision."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Account
from portal.core.db import Id, Json, Model, Versioned, Words, enum_column
from portal.hiring.models import Application
from portal.hiring.states import OverrideReason
from portal.interviews.models.plan import InterviewPlan, PlanQuestion, PlanRound
from portal.interviews.states import InterviewState, Outcome, ScorecardState, SkipReason


class Interview(Versioned, Model):
    """One round of one application's interviews; ``uid`` and ``sequence`` are iCalendar's."""

    __tablename__ = "interview"
    __table_args__ = (
        # Two people who schedule the same round at once: the second is refused.
        sa.Index(
            "ix_interview_one_each_round",
            "application_id",
            "round_id",
            unique=True,
            sqlite_where=sa.text("state != 'cancelled'"),
            postgresql_where=sa.text("state != 'cancelled'"),
        ),
    )

    id: Mapped[Id]
    application_id: Mapped[int] = mapped_column(sa.ForeignKey("application.id"), index=True)
    plan_id: Mapped[int] = mapped_column(sa.ForeignKey("interview_plan.id"))
    round_id: Mapped[int] = mapped_column(sa.ForeignKey("plan_round.id"))
    starts_at: Mapped[datetime] = mapped_column(index=True)
    minutes: Mapped[int]
    time_zone: Mapped[str] = mapped_column(sa.String(60))
    place: Mapped[str]
    uid: Mapped[str] = mapped_column(unique=True)
    sequence: Mapped[int] = mapped_column(default=0)
    state: Mapped[InterviewState] = mapped_column(
        enum_column(InterviewState), default=InterviewState.SCHEDULED
    )
    revealed_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    application: Mapped[Application] = relationship()
    plan: Mapped[InterviewPlan] = relationship()
    # Every page that shows an interview names its round.
    round: Mapped[PlanRound] = relationship(lazy="joined", innerjoin=True)
    scorecards: Mapped[list[Scorecard]] = relationship(
        back_populates="interview", order_by="Scorecard.id"
    )
    decision: Mapped[PanelDecision | None] = relationship(back_populates="interview")
    beside: Mapped[list[Interview]] = relationship(
        primaryjoin="Interview.application_id == remote(foreign(Interview.application_id))",
        viewonly=True,
    )

    @property
    def round_name(self) -> Words | None:
        """What to call the round where an application has several, else nothing."""
        return self.round.name if self.round.total > 1 else None


class Scorecard(Versioned, Model):
    """What one interviewer heard and rated; made empty when the interview is scheduled.

    ``steps`` lists the keys of the ticked steps of the script.
    """

    __tablename__ = "scorecard"
    __table_args__ = (
        sa.UniqueConstraint("interview_id", "account_id"),
        sa.CheckConstraint(
            "(state = 'submitted') = (submitted_at IS NOT NULL)", name="submitted_at"
        ),
    )

    id: Mapped[Id]
    interview_id: Mapped[int] = mapped_column(sa.ForeignKey("interview.id"))
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    state: Mapped[ScorecardState] = mapped_column(
        enum_column(ScorecardState), default=ScorecardState.DRAFT
    )
    steps: Mapped[list[str]] = mapped_column(default=list)
    saved_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]

    interview: Mapped[Interview] = relationship(back_populates="scorecards")
    account: Mapped[Account] = relationship()
    answers: Mapped[list[ScorecardAnswer]] = relationship(back_populates="scorecard")
    amendments: Mapped[list[Amendment]] = relationship(back_populates="scorecard")


class ScorecardAnswer(Model):
    """Note and rating of one question: a level 1–5, or not observed, or skipped with a reason."""

    __tablename__ = "scorecard_answer"
    __table_args__ = (
        sa.UniqueConstraint("scorecard_id", "plan_question_id"),
        sa.CheckConstraint("rating BETWEEN 1 AND 5", name="rating"),
        sa.CheckConstraint("rating IS NULL OR NOT not_observed", name="not_observed"),
    )

    id: Mapped[Id]
    scorecard_id: Mapped[int] = mapped_column(sa.ForeignKey("scorecard.id"))
    plan_question_id: Mapped[int] = mapped_column(sa.ForeignKey("plan_question.id"))
    note: Mapped[str] = mapped_column(sa.Text, default="")
    rating: Mapped[int | None]
    not_observed: Mapped[bool] = mapped_column(default=False)
    skip_reason: Mapped[SkipReason | None] = mapped_column(enum_column(SkipReason))

    scorecard: Mapped[Scorecard] = relationship(back_populates="answers")
    plan_question: Mapped[PlanQuestion] = relationship()


class Amendment(Model):
    """A change to a submitted scorecard: the reason, what stood there and what stands there now."""

    __tablename__ = "scorecard_amendment"

    id: Mapped[Id]
    scorecard_id: Mapped[int] = mapped_column(sa.ForeignKey("scorecard.id"), index=True)
    reason: Mapped[str] = mapped_column(sa.Text)
    before: Mapped[Json]
    after: Mapped[Json]
    made_at: Mapped[datetime]

    scorecard: Mapped[Scorecard] = relationship(back_populates="amendments")


class PanelDecision(Model):
    """The decision after a panel: score and cut (hundredths), outcome, reason if it differs."""

    __tablename__ = "panel_decision"
    __table_args__ = (
        sa.CheckConstraint(
            "outcome = mechanical OR override_reason IS NOT NULL", name="override_reason"
        ),
    )

    id: Mapped[Id]
    interview_id: Mapped[int] = mapped_column(sa.ForeignKey("interview.id"), unique=True)
    score: Mapped[int | None]
    cut: Mapped[int]
    mechanical: Mapped[Outcome] = mapped_column(enum_column(Outcome, name="mechanical"))
    outcome: Mapped[Outcome] = mapped_column(enum_column(Outcome))
    override_reason: Mapped[OverrideReason | None] = mapped_column(enum_column(OverrideReason))
    note: Mapped[str] = mapped_column(sa.Text, default="")
    decided_at: Mapped[datetime]
    decided_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))

    interview: Mapped[Interview] = relationship(back_populates="decision")
    decided_by: Mapped[Account] = relationship()
