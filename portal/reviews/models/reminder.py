"""Which reminders have gone out, so that each goes once."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Id, Model, enum_column
from portal.reviews.states import ReminderStage


class ReviewReminder(Model):
    """One reminder to one person; ``subject`` is ``part 12`` or ``peers 7`` (of review 7)."""

    __tablename__ = "review_reminder"
    __table_args__ = (sa.UniqueConstraint("person_id", "subject", "stage"),)

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    subject: Mapped[str] = mapped_column(sa.String(40))
    stage: Mapped[ReminderStage] = mapped_column(enum_column(ReminderStage))
    sent_at: Mapped[datetime]
