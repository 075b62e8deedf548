"""What a new hire in a role does, version by version."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.db import Id, Json, Model, Versioned, Words, enum_column
from portal.onboarding.states import TemplateState
from portal.people.models import Role, Site


class OnboardingTemplate(Versioned, Model):
    """One version of a template, with its tasks as the starter pack writes them.

    Versions of one template share ``key``. Once published a version never changes, so its tasks
    are one frozen list and not rows. ``finish_within_days`` counts calendar days.
    """

    __tablename__ = "onboarding_template"
    __table_args__ = (
        sa.UniqueConstraint("key", "number"),
        sa.CheckConstraint("finish_within_days > 0", name="finish_within"),
        sa.CheckConstraint("probation_months >= 0", name="probation"),
    )

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(sa.String(60))
    number: Mapped[int] = mapped_column(default=1)
    role_id: Mapped[int] = mapped_column(sa.ForeignKey("role.id"))
    site_id: Mapped[int | None] = mapped_column(sa.ForeignKey("site.id"))
    name: Mapped[Words]
    tasks: Mapped[list[Json]]
    state: Mapped[TemplateState] = mapped_column(
        enum_column(TemplateState), default=TemplateState.PUBLISHED
    )
    finish_within_days: Mapped[int | None]
    probation_months: Mapped[int] = mapped_column(default=0)
    published_at: Mapped[datetime | None]

    role: Mapped[Role] = relationship()
    site: Mapped[Site | None] = relationship()

    @property
    def is_draft(self) -> bool:
        """Whether it can be changed."""
        return self.state is TemplateState.DRAFT

    def entry(self, key: str) -> Json | None:
        """One task by its key."""
        return next((task for task in self.tasks if task["key"] == key), None)
