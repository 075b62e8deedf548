"""What mentors offer, whatever the programme."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.competencies.models import Competency
from portal.core.db import Id, Model, Versioned
from portal.people.models import Person


class MentorProfile(Versioned, Model):
    """What a mentor offers to how many at once; ``seats`` counts over all programmes.

    Their site and role are those of their present employment.
    """

    __tablename__ = "mentor_profile"
    __table_args__ = (sa.CheckConstraint("seats BETWEEN 1 AND 10", name="seats"),)

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), unique=True)
    about: Mapped[str] = mapped_column(sa.Text, default="")
    languages: Mapped[list[str]] = mapped_column(default=list)
    shifts: Mapped[list[str]] = mapped_column(default=list)
    seats: Mapped[int]
    paused: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]

    person: Mapped[Person] = relationship()
    offers: Mapped[list[MentorOffer]] = relationship(
        back_populates="profile",
        order_by="MentorOffer.id",
        cascade="save-update, merge, delete-orphan, delete",
    )


class MentorOffer(Model):
    """A competency a mentor helps with."""

    __tablename__ = "mentor_offer"
    __table_args__ = (sa.UniqueConstraint("profile_id", "competency_id"),)

    id: Mapped[Id]
    profile_id: Mapped[int] = mapped_column(sa.ForeignKey("mentor_profile.id"))
    competency_id: Mapped[int] = mapped_column(sa.ForeignKey("competency.id"), index=True)

    profile: Mapped[MentorProfile] = relationship(back_populates="offers")
    competency: Mapped[Competency] = relationship()
