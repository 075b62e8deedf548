"""Corrective actions and the talks that follow them."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Account
from portal.conduct.states import ActionKind, ActionState, Outcome
from portal.core.db import Id, Model, Versioned, enum_column
from portal.people.models import Person


class CorrectiveAction(Versioned, Model):
    """What somebody has to put right, by when, and with which support.

    ``facts`` say what happened. It counts from ``confirmed_on``, the day a second person agreed,
    until the day before ``closed_on``, and at most up to ``expires_on``; a withdrawn one never
    counted. ``follow_up_on`` is when the next talk is due. ``by_hr`` tells that HR opened it
    without answering for the person: then an executive may be the second person.
    """

    __tablename__ = "corrective_action"
    __private__ = frozenset({"facts", "expected", "support", "statement", "note", "closing_note"})
    __table_args__ = (
        sa.CheckConstraint("months BETWEEN 1 AND 60", name="months"),
        sa.CheckConstraint("(state = 'closed') = (outcome IS NOT NULL)", name="ended"),
        sa.CheckConstraint("(state = 'closed') = (closed_on IS NOT NULL)", name="closed"),
        sa.CheckConstraint("state <> 'open' OR confirmed_on IS NOT NULL", name="confirmed"),
        sa.CheckConstraint(
            "(confirmed_on IS NULL) = (expires_on IS NULL)", name="expires"
        ),
        sa.Index("ix_corrective_action_person", "person_id", "confirmed_on"),
        sa.Index("ix_corrective_action_state", "state", "id"),
    )  # fmt: skip

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    kind: Mapped[ActionKind] = mapped_column(enum_column(ActionKind))
    facts: Mapped[str] = mapped_column(sa.Text)
    expected: Mapped[str] = mapped_column(sa.Text)
    due_on: Mapped[date]
    support: Mapped[str] = mapped_column(sa.Text, default="")
    months: Mapped[int] = mapped_column(default=12)
    follow_up_on: Mapped[date | None]
    state: Mapped[ActionState] = mapped_column(
        enum_column(ActionState), default=ActionState.PROPOSED
    )
    by_hr: Mapped[bool] = mapped_column(default=False)
    proposed_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    proposed_at: Mapped[datetime]
    confirmed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    confirmed_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(sa.Text, default="")
    acknowledged_at: Mapped[datetime | None]
    statement: Mapped[str] = mapped_column(sa.Text, default="")
    outcome: Mapped[Outcome | None] = mapped_column(enum_column(Outcome))
    closed_on: Mapped[date | None]
    closed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    closing_note: Mapped[str] = mapped_column(sa.Text, default="")

    person: Mapped[Person] = relationship()
    proposed_by: Mapped[Account] = relationship(foreign_keys=[proposed_by_id])
    confirmed_by: Mapped[Account | None] = relationship(foreign_keys=[confirmed_by_id])
    closed_by: Mapped[Account | None] = relationship(foreign_keys=[closed_by_id])
    talks: Mapped[list[CorrectiveTalk]] = relationship(
        back_populates="action", order_by="CorrectiveTalk.held_on.desc(), CorrectiveTalk.id.desc()"
    )

    @property
    def was_told(self) -> bool:
        """Whether the person has been shown it: only what a second person confirmed."""
        return self.confirmed_on is not None

    def counts_on(self, day: date) -> bool:
        """Whether it was open on a day, as ``queries.open_on`` tells of many."""
        if self.confirmed_on is None or self.expires_on is None:
            return False
        if self.outcome is Outcome.WITHDRAWN or not self.confirmed_on <= day <= self.expires_on:
            return False
        return self.closed_on is None or day < self.closed_on


class CorrectiveTalk(Model):
    """A follow-up talk: when it was, what was said; never changed."""

    __tablename__ = "corrective_talk"
    __private__ = frozenset({"note"})

    id: Mapped[Id]
    action_id: Mapped[int] = mapped_column(sa.ForeignKey("corrective_action.id"), index=True)
    held_on: Mapped[date]
    note: Mapped[str] = mapped_column(sa.Text)
    created_at: Mapped[datetime]
    created_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))

    action: Mapped[CorrectiveAction] = relationship(back_populates="talks")
    created_by: Mapped[Account] = relationship()
