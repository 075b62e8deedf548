"""What was decided at the end of a probation, by two people."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Account
from portal.core.db import Id, Model, Versioned, enum_column
from portal.core.documents import Document
from portal.onboarding.models.plan import OnboardingPlan
from portal.onboarding.states import DecisionState, ProbationOutcome


class ProbationDecision(Versioned, Model):
    """A proposal with its reason, and what HR made of it.

    ``until`` is the new last day of an extended probation, or the last day of work if it is not
    continued. ``reason`` is for the file; ``message`` is printed in the letter.
    """

    __tablename__ = "probation_decision"
    __table_args__ = (
        sa.CheckConstraint("(outcome = 'pass') = (until IS NULL)", name="until"),
        sa.CheckConstraint("(state = 'proposed') = (decided_at IS NULL)", name="decided"),
        sa.Index(
            "ix_probation_decision_open",
            "plan_id",
            unique=True,
            sqlite_where=sa.text("state = 'proposed'"),
            postgresql_where=sa.text("state = 'proposed'"),
        ),
        sa.Index("ix_probation_decision_plan_id", "plan_id", "id"),
    )
    __private__ = frozenset({"reason", "message", "note"})

    id: Mapped[Id]
    plan_id: Mapped[int] = mapped_column(sa.ForeignKey("onboarding_plan.id"))
    outcome: Mapped[ProbationOutcome] = mapped_column(enum_column(ProbationOutcome))
    until: Mapped[date | None]
    reason: Mapped[str] = mapped_column(sa.Text)
    message: Mapped[str] = mapped_column(sa.Text, default="")
    state: Mapped[DecisionState] = mapped_column(
        enum_column(DecisionState), default=DecisionState.PROPOSED
    )
    proposed_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    proposed_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    decided_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(sa.Text, default="")
    document_id: Mapped[int | None] = mapped_column(sa.ForeignKey("document.id"))

    plan: Mapped[OnboardingPlan] = relationship()
    proposed_by: Mapped[Account] = relationship(foreign_keys=[proposed_by_id])
    decided_by: Mapped[Account | None] = relationship(foreign_keys=[decided_by_id])
    document: Mapped[Document | None] = relationship()

    @property
    def is_final(self) -> bool:
        """Whether the probation is over with it."""
        confirmed = self.state is DecisionState.CONFIRMED
        return confirmed and self.outcome is not ProbationOutcome.EXTEND
