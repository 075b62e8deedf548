"""What people bring along: experience elsewhere and education, confirmed by a second person."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Account
from portal.careers.states import ClaimKind, ClaimState, EducationLevel
from portal.core.db import Id, Model, Versioned, enum_column
from portal.core.files import StoredFile
from portal.people.models import Person


class CareerClaim(Versioned, Model):
    """One stretch of experience or one degree; ``ends_on`` is its last day, or that of the degree.

    It counts from the day on which somebody else confirmed it.
    """

    __tablename__ = "career_claim"
    __private__ = frozenset({"title", "note", "decision_note"})
    __table_args__ = (
        sa.Index("ix_career_claim_person", "person_id", "state"),
        sa.Index("ix_career_claim_state", "state", "id"),
        sa.CheckConstraint("(kind = 'education') = (education IS NOT NULL)", name="education"),
        sa.CheckConstraint("(kind = 'experience') = (starts_on IS NOT NULL)", name="experience"),
        sa.CheckConstraint("starts_on <= ends_on", name="ordered"),
        sa.CheckConstraint("(state = 'waiting') = (decided_at IS NULL)", name="decided"),
    )

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    kind: Mapped[ClaimKind] = mapped_column(enum_column(ClaimKind))
    title: Mapped[str] = mapped_column(sa.String(200))
    note: Mapped[str] = mapped_column(sa.Text, default="")
    family: Mapped[str] = mapped_column(sa.String(60), default="")
    leading: Mapped[bool] = mapped_column(default=False)
    education: Mapped[EducationLevel | None] = mapped_column(enum_column(EducationLevel))
    starts_on: Mapped[date | None]
    ends_on: Mapped[date]
    file_id: Mapped[int | None] = mapped_column(sa.ForeignKey("stored_file.id"))
    state: Mapped[ClaimState] = mapped_column(enum_column(ClaimState), default=ClaimState.WAITING)
    created_at: Mapped[datetime]
    created_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    decision_note: Mapped[str] = mapped_column(sa.Text, default="")

    person: Mapped[Person] = relationship()
    file: Mapped[StoredFile | None] = relationship()
    created_by: Mapped[Account] = relationship(foreign_keys=[created_by_id])
    decided_by: Mapped[Account | None] = relationship(foreign_keys=[decided_by_id])
