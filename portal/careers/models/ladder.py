"""The ladder as a graph of roles, and what each role asks for beside its competencies."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.careers.states import EdgeKind, EducationLevel, RequirementKind
from portal.core.db import Id, Json, Model, Words, enum_column
from portal.metrics.models import Exact, Metric
from portal.people.models import Role


class LadderVersion(Model):
    """All steps between roles from a day on; a version is never changed."""

    __tablename__ = "ladder_version"

    id: Mapped[Id]
    number: Mapped[int] = mapped_column(unique=True)
    effective_from: Mapped[date]
    content_hash: Mapped[str] = mapped_column(sa.String(64))
    published_at: Mapped[datetime]
    published_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))

    edges: Mapped[list[LadderEdge]] = relationship(order_by="LadderEdge.id")


class LadderEdge(Model):
    """One step from a role to another."""

    __tablename__ = "ladder_edge"
    __table_args__ = (
        sa.UniqueConstraint("version_id", "from_role_id", "to_role_id"),
        sa.CheckConstraint("from_role_id <> to_role_id", name="other"),
    )

    id: Mapped[Id]
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("ladder_version.id"))
    from_role_id: Mapped[int] = mapped_column(sa.ForeignKey("role.id"))
    to_role_id: Mapped[int] = mapped_column(sa.ForeignKey("role.id"))
    kind: Mapped[EdgeKind] = mapped_column(enum_column(EdgeKind))

    from_role: Mapped[Role] = relationship(foreign_keys=[from_role_id])
    to_role: Mapped[Role] = relationship(foreign_keys=[to_role_id])


class RequirementSet(Model):
    """What a role asks for from a day on, competencies left out; a version is never changed.

    Competencies and their levels are the role's own requirements, kept in one place for hiring
    and for careers.
    """

    __tablename__ = "requirement_set"
    __table_args__ = (sa.UniqueConstraint("role_id", "number"),)

    id: Mapped[Id]
    role_id: Mapped[int] = mapped_column(sa.ForeignKey("role.id"))
    number: Mapped[int]
    effective_from: Mapped[date]
    content_hash: Mapped[str] = mapped_column(sa.String(64))
    published_at: Mapped[datetime]
    published_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))

    role: Mapped[Role] = relationship()
    lines: Mapped[list[PathRequirement]] = relationship(
        order_by="PathRequirement.order, PathRequirement.id"
    )


class PathRequirement(Model):
    """One thing a role asks for; which columns count depends on the kind.

    ``options`` are the alternatives of experience, each a list of demands that must all be met:
    ``{"alternative": 1, "kind": "family", "family": "customer_service", "role_id": null,
    "months": 60}``. ``rating`` is the least result of the last review, from 1 to 5.
    A metric must reach ``mark`` over the last ``months`` whole months.
    """

    __tablename__ = "path_requirement"
    __table_args__ = (
        sa.CheckConstraint("rating BETWEEN 1 AND 5", name="rating"),
        sa.CheckConstraint(
            "(kind = 'certification') = (certification_id IS NOT NULL)", name="certification"
        ),
        sa.CheckConstraint("(kind = 'course') = (course_id IS NOT NULL)", name="course"),
        sa.CheckConstraint("(kind = 'programme') = (programme_id IS NOT NULL)", name="programme"),
        sa.CheckConstraint("(kind = 'education') = (education IS NOT NULL)", name="education"),
        sa.CheckConstraint("(kind = 'metric') = (metric_id IS NOT NULL)", name="metric"),
        sa.CheckConstraint(
            "metric_id IS NULL OR (mark IS NOT NULL AND months > 0)", name="metric_mark"
        ),
        sa.CheckConstraint("(kind = 'review') = (rating IS NOT NULL)", name="review"),
    )

    id: Mapped[Id]
    set_id: Mapped[int] = mapped_column(sa.ForeignKey("requirement_set.id"), index=True)
    order: Mapped[int]
    kind: Mapped[RequirementKind] = mapped_column(enum_column(RequirementKind))
    text: Mapped[Words] = mapped_column(default=dict)
    options: Mapped[list[Json]] = mapped_column(default=list)
    education: Mapped[EducationLevel | None] = mapped_column(enum_column(EducationLevel))
    certification_id: Mapped[int | None] = mapped_column(sa.ForeignKey("certification.id"))
    course_id: Mapped[int | None] = mapped_column(sa.ForeignKey("course.id"))
    programme_id: Mapped[int | None] = mapped_column(sa.ForeignKey("programme.id"))
    rating: Mapped[float | None]
    metric_id: Mapped[int | None] = mapped_column(sa.ForeignKey("metric.id"))
    mark: Mapped[Decimal | None] = mapped_column(Exact)
    months: Mapped[int | None]

    metric: Mapped[Metric | None] = relationship()
