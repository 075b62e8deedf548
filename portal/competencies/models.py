"""Competencies with behavioural anchors, role requirements and the evidence ledger."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.competencies.states import CompetencyFamily, EvidenceSource
from portal.core.db import Id, Json, Model, Words, enum_column

LEVELS = (1, 2, 3, 4, 5)


class Competency(Model):
    """Something a customer-service person can do; what it means is in its versions."""

    __tablename__ = "competency"

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(sa.String(60), unique=True)
    family: Mapped[CompetencyFamily] = mapped_column(enum_column(CompetencyFamily))
    order: Mapped[int] = mapped_column(default=0)
    current_version_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("competency_version.id", use_alter=True)
    )

    current: Mapped[CompetencyVersion | None] = relationship(
        foreign_keys=[current_version_id], post_update=True
    )


class CompetencyVersion(Model):
    """One published wording: name, description and five anchors, named by its content hash.

    ``anchors`` maps ``"1"`` … ``"5"`` to a sentence in each language. A version is never changed.
    """

    __tablename__ = "competency_version"
    __table_args__ = (
        sa.UniqueConstraint("competency_id", "number"),
        sa.UniqueConstraint("competency_id", "content_hash"),
    )

    id: Mapped[Id]
    competency_id: Mapped[int] = mapped_column(sa.ForeignKey("competency.id"))
    number: Mapped[int]
    name: Mapped[Words]
    description: Mapped[Words]
    anchors: Mapped[Json]
    content_hash: Mapped[str] = mapped_column(sa.String(64))
    published_at: Mapped[datetime]
    published_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))

    competency: Mapped[Competency] = relationship(foreign_keys=[competency_id])


class RoleRequirement(Model):
    """The level (1–5) a role asks of a competency, and its weight (percent) in hiring."""

    __tablename__ = "role_requirement"
    __table_args__ = (
        sa.UniqueConstraint("role_id", "competency_id"),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name="level"),
        sa.CheckConstraint("weight BETWEEN 0 AND 100", name="weight"),
    )

    id: Mapped[Id]
    role_id: Mapped[int] = mapped_column(sa.ForeignKey("role.id"))
    competency_id: Mapped[int] = mapped_column(sa.ForeignKey("competency.id"))
    level: Mapped[int]
    weight: Mapped[int]
    order: Mapped[int] = mapped_column(default=0)

    competency: Mapped[Competency] = relationship()


class Evidence(Model):
    """One observed level of one competency of one person; rows are added, never changed.

    A database trigger refuses UPDATE and DELETE. ``level`` is 1–5, or a mean such as 3.5 when a
    panel of several people observed it.
    """

    __tablename__ = "evidence"
    __private__ = frozenset({"level", "note"})
    __table_args__ = (
        sa.Index("ix_evidence_person", "person_id", "competency_id", "observed_on"),
        sa.UniqueConstraint("source", "source_id", "competency_version_id"),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name="level"),
    )

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    competency_id: Mapped[int] = mapped_column(sa.ForeignKey("competency.id"))
    competency_version_id: Mapped[int] = mapped_column(sa.ForeignKey("competency_version.id"))
    level: Mapped[float]
    source: Mapped[EvidenceSource] = mapped_column(enum_column(EvidenceSource))
    source_id: Mapped[int]
    observed_on: Mapped[date]
    note: Mapped[str] = mapped_column(sa.Text, default="")
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))

    competency: Mapped[Competency] = relationship()
    competency_version: Mapped[CompetencyVersion] = relationship()
