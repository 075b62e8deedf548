"""The talk of hire and manager after 30, 60 or 90 days."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.db import Id, Model
from portal.onboarding.models.plan import OnboardingTask


class OnboardingCheckIn(Model):
    """What both say, and when they met; its task says when it is due and who holds it.

    ``reminded_at`` is when both were reminded, which happens once.
    """

    __tablename__ = "onboarding_check_in"
    __private__ = frozenset({"hire_words", "manager_words"})

    id: Mapped[Id]
    task_id: Mapped[int] = mapped_column(sa.ForeignKey("onboarding_task.id"), unique=True)
    hire_words: Mapped[str] = mapped_column(sa.Text, default="")
    manager_words: Mapped[str] = mapped_column(sa.Text, default="")
    held_on: Mapped[date | None]
    reminded_at: Mapped[datetime | None]

    task: Mapped[OnboardingTask] = relationship(back_populates="check_in")

    @property
    def is_begun(self) -> bool:
        """Whether somebody has written something, or it was held."""
        return bool(self.hire_words or self.manager_words or self.held_on)
