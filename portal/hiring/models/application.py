"""Applications, how they were screened, and counts by stage."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.db import Id, Json, Model, Versioned, Words, enum_column
from portal.core.files import StoredFile
from portal.hiring.models.posting import Posting, ScreeningCriteria
from portal.hiring.states import ApplicationSource, OverrideReason, RejectionReason, Stage
from portal.people.models import Person, full_name


class Application(Versioned, Model):
    """One person's answer to one posting, with name and contact as they gave them there.

    ``status_key`` is the unguessable part of the candidate's status link.
    """

    __tablename__ = "application"
    __private__ = frozenset(
        {"given_name", "family_name", "email", "phone", "headline", "letter", "status_key"}
    )
    __table_args__ = (
        sa.UniqueConstraint("posting_id", "person_id"),
        sa.Index("ix_application_board", "posting_id", "stage", "stage_since", "id"),
        sa.Index("ix_application_posting_applied", "posting_id", "applied_at", "id"),
        # A few of all applications are so far: whose panel decides next is found among them.
        sa.Index(
            "ix_application_before_panel",
            "stage",
            "id",
            sqlite_where=sa.text("stage IN ('interview', 'decision')"),
            postgresql_where=sa.text("stage IN ('interview', 'decision')"),
        ),
        sa.CheckConstraint(
            "stage <> 'rejected' OR rejection_reason IS NOT NULL", name="rejection_reason"
        ),
    )

    id: Mapped[Id]
    posting_id: Mapped[int] = mapped_column(sa.ForeignKey("posting.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    given_name: Mapped[str] = mapped_column(sa.String(120))
    family_name: Mapped[str] = mapped_column(sa.String(120))
    email: Mapped[str] = mapped_column(sa.String(254))
    phone: Mapped[str] = mapped_column(sa.String(40), default="")
    headline: Mapped[str] = mapped_column(sa.String(120), default="")
    letter: Mapped[str] = mapped_column(sa.Text, default="")
    answers: Mapped[Json] = mapped_column(default=dict)
    language: Mapped[str] = mapped_column(sa.String(5))
    source: Mapped[ApplicationSource] = mapped_column(
        enum_column(ApplicationSource), default=ApplicationSource.CAREERS
    )
    cv_file_id: Mapped[int | None] = mapped_column(sa.ForeignKey("stored_file.id"))
    status_key: Mapped[str] = mapped_column(sa.String(43), unique=True)
    consent_at: Mapped[datetime]
    consent_country: Mapped[str] = mapped_column(sa.String(2))
    consent_text: Mapped[str] = mapped_column(sa.Text)
    applied_at: Mapped[datetime]
    stage: Mapped[Stage] = mapped_column(enum_column(Stage), default=Stage.APPLIED)
    stage_since: Mapped[datetime]
    previous_stage: Mapped[Stage | None] = mapped_column(enum_column(Stage, name="previous_stage"))
    previous_since: Mapped[datetime | None]
    moved_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    rejection_reason: Mapped[RejectionReason | None] = mapped_column(enum_column(RejectionReason))
    screening_score: Mapped[int | None]
    must_haves_met: Mapped[bool | None]
    erased_at: Mapped[datetime | None]

    posting: Mapped[Posting] = relationship()
    person: Mapped[Person] = relationship()
    cv_file: Mapped[StoredFile | None] = relationship()

    @property
    def display_name(self) -> str:
        """The applicant's name as given in this application."""
        return full_name(self.given_name, self.family_name, self.language)

    @property
    def answered(self) -> list[tuple[Words, bool | None]]:
        """Each must-have with what the candidate answered; ``None`` if they were not asked."""
        criteria = self.posting.latest_criteria
        asked = criteria.must_haves if criteria else []
        return [(item["text"], self.answers.get(item["key"])) for item in asked]


class ScreeningResult(Model):
    """How an application met one version of the criteria, who said so, and the outcome.

    ``answers`` maps the key of a must-have to true or false and of a weighted criterion to 0–4.
    """

    __tablename__ = "screening_result"
    __table_args__ = (sa.UniqueConstraint("application_id", "criteria_id"),)

    id: Mapped[Id]
    application_id: Mapped[int] = mapped_column(sa.ForeignKey("application.id"))
    criteria_id: Mapped[int] = mapped_column(sa.ForeignKey("screening_criteria.id"))
    answers: Mapped[Json]
    score: Mapped[int]
    must_haves_met: Mapped[bool]
    passes: Mapped[bool]
    advanced: Mapped[bool]
    override_reason: Mapped[OverrideReason | None] = mapped_column(enum_column(OverrideReason))
    note: Mapped[str] = mapped_column(sa.Text, default="")
    screened_at: Mapped[datetime]
    screened_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))

    application: Mapped[Application] = relationship()
    criteria: Mapped[ScreeningCriteria] = relationship()


class StageCount(Model):
    """How many applications of a posting stand at a stage: a board costs the same at any size."""

    __tablename__ = "stage_count"

    id: Mapped[int] = mapped_column("posting_id", sa.ForeignKey("posting.id"), primary_key=True)
    stage: Mapped[Stage] = mapped_column(enum_column(Stage), primary_key=True)
    count: Mapped[int] = mapped_column(default=0)


class DemographicAnswer(Model):
    """Voluntary answers, kept apart: ``reference`` is a keyed hash no decider can look up."""

    __tablename__ = "demographic_answer"

    id: Mapped[Id]
    posting_id: Mapped[int] = mapped_column(sa.ForeignKey("posting.id"), index=True)
    reference: Mapped[str] = mapped_column(sa.String(64), unique=True)
    answers: Mapped[Json]
