"""A person held against a role's competencies: by themself, by their manager, and agreed."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.accounts.models import Account
from portal.competencies.models import CompetencyVersion
from portal.core.db import Id, Model, Versioned, enum_column
from portal.core.files import StoredFile
from portal.development.states import AssessmentState, Side
from portal.people.models import Person, Role


class Assessment(Versioned, Model):
    """One round of looking at a person; what each side wrote opens when both have submitted."""

    __tablename__ = "assessment"
    __table_args__ = (
        sa.Index("ix_assessment_person", "person_id", "state"),
        sa.Index("ix_assessment_state", "state", "due_on"),
        sa.Index(
            "uq_assessment_live",
            "person_id",
            unique=True,
            sqlite_where=sa.text("state IN ('open', 'complete')"),
            postgresql_where=sa.text("state IN ('open', 'complete')"),
        ),
        sa.CheckConstraint("(state = 'agreed') = (agreed_at IS NOT NULL)", name="agreed"),
        sa.CheckConstraint("agreed_at IS NULL OR talk_on IS NOT NULL", name="talked"),
    )

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    role_id: Mapped[int] = mapped_column(sa.ForeignKey("role.id"))
    state: Mapped[AssessmentState] = mapped_column(
        enum_column(AssessmentState), default=AssessmentState.OPEN
    )
    due_on: Mapped[date]
    talk_on: Mapped[date | None]
    created_at: Mapped[datetime]
    created_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    agreed_at: Mapped[datetime | None]
    agreed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))

    person: Mapped[Person] = relationship()
    role: Mapped[Role] = relationship()
    agreed_by: Mapped[Account | None] = relationship(foreign_keys=[agreed_by_id])
    lines: Mapped[list[AssessmentLine]] = relationship(
        back_populates="assessment", order_by="AssessmentLine.order, AssessmentLine.id"
    )
    sheets: Mapped[list[AssessmentSheet]] = relationship(
        back_populates="assessment", order_by="AssessmentSheet.id"
    )

    @property
    def is_blind(self) -> bool:
        """Whether neither side may see what the other wrote."""
        return any(sheet.submitted_at is None for sheet in self.sheets)

    def sheet(self, side: Side) -> AssessmentSheet:
        """What one side writes."""
        return next(one for one in self.sheets if one.side is side)


class AssessmentLine(Model):
    """One competency as it was worded when the assessment began, and the level agreed on."""

    __tablename__ = "assessment_line"
    __private__ = frozenset({"agreed_level", "agreed_note"})
    __table_args__ = (
        sa.UniqueConstraint("assessment_id", "competency_version_id"),
        sa.CheckConstraint("wanted BETWEEN 1 AND 5", name="wanted"),
        sa.CheckConstraint("agreed_level BETWEEN 1 AND 5", name="agreed_level"),
    )

    id: Mapped[Id]
    assessment_id: Mapped[int] = mapped_column(sa.ForeignKey("assessment.id"))
    competency_version_id: Mapped[int] = mapped_column(sa.ForeignKey("competency_version.id"))
    wanted: Mapped[int]
    order: Mapped[int] = mapped_column(default=0)
    agreed_level: Mapped[int | None]
    agreed_note: Mapped[str] = mapped_column(sa.Text, default="")

    assessment: Mapped[Assessment] = relationship(back_populates="lines")
    competency_version: Mapped[CompetencyVersion] = relationship()


class AssessmentSheet(Versioned, Model):
    """What one side writes; of the manager's side ``author`` is who began it."""

    __tablename__ = "assessment_sheet"
    __table_args__ = (
        sa.UniqueConstraint("assessment_id", "side"),
        sa.Index("ix_assessment_sheet_open", "side", "submitted_at"),
    )

    id: Mapped[Id]
    assessment_id: Mapped[int] = mapped_column(sa.ForeignKey("assessment.id"))
    side: Mapped[Side] = mapped_column(enum_column(Side))
    author_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    saved_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]

    assessment: Mapped[Assessment] = relationship(back_populates="sheets")
    author: Mapped[Account | None] = relationship()
    answers: Mapped[list[AssessmentAnswer]] = relationship(
        back_populates="sheet", cascade="all, delete-orphan"
    )
    files: Mapped[list[AssessmentFile]] = relationship(
        back_populates="sheet", cascade="all, delete-orphan", order_by="AssessmentFile.id"
    )

    @property
    def person(self) -> Person:
        """Whom it is about."""
        return self.assessment.person

    @property
    def is_submitted(self) -> bool:
        """Whether it can no longer be changed."""
        return self.submitted_at is not None


class AssessmentAnswer(Model):
    """A level of one line, or that it cannot be said, and why."""

    __tablename__ = "assessment_answer"
    __private__ = frozenset({"level", "cannot_say", "note"})
    __table_args__ = (
        sa.UniqueConstraint("sheet_id", "line_id"),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name="level"),
        sa.CheckConstraint("level IS NULL OR NOT cannot_say", name="one"),
    )

    id: Mapped[Id]
    sheet_id: Mapped[int] = mapped_column(sa.ForeignKey("assessment_sheet.id"))
    line_id: Mapped[int] = mapped_column(sa.ForeignKey("assessment_line.id"))
    level: Mapped[int | None]
    cannot_say: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(sa.Text, default="")

    sheet: Mapped[AssessmentSheet] = relationship(back_populates="answers")


class AssessmentFile(Model):
    """A file that shows what one side says."""

    __tablename__ = "assessment_file"

    id: Mapped[Id]
    sheet_id: Mapped[int] = mapped_column(sa.ForeignKey("assessment_sheet.id"), index=True)
    file_id: Mapped[int] = mapped_column(sa.ForeignKey("stored_file.id"))
    added_at: Mapped[datetime]

    sheet: Mapped[AssessmentSheet] = relationship(back_populates="files")
    file: Mapped[StoredFile] = relationship()
