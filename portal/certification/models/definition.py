"""What a certification is: versions of its rule, criteria, and for whom it is mandatory."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.certification.states import CertificationState, CriterionKind, ExpiryMode
from portal.core.db import Id, Json, Model, Words, enum_column
from portal.people.models import Role, Site, Team
from portal.training.models import Course


class Certification(Model):
    """A certificate people can hold; its rule is in its versions."""

    __tablename__ = "certification"

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(sa.String(60), unique=True)
    state: Mapped[CertificationState] = mapped_column(
        enum_column(CertificationState), default=CertificationState.IN_USE
    )
    current_version_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("certification_version.id", use_alter=True)
    )

    current: Mapped[CertificationVersion | None] = relationship(
        foreign_keys=[current_version_id], post_update=True
    )


class CertificationVersion(Model):
    """One published rule, named by its content hash, and never changed.

    ``period_months`` is how long an award lasts; ``fixed_on`` the base date of mode *fixed*, and
    ``least_months`` the shortest time an award of that mode lasts; ``lapse_months`` counts from the
    last day of employment. Renewal opens ``window_days`` before the expiry, a certificate counts as
    expiring for ``expiring_days`` before it, and holds good ``grace_days`` after it. Renewal asks
    for ``renewal_minutes`` of continuing education in all, of them ``renewal_minima`` (category key
    -> minutes), earned since the award that is renewed. ``void_from`` is the first day on which
    awards under this version no longer count because a later one ``voids_older`` ones.
    """

    __tablename__ = "certification_version"
    __table_args__ = (
        sa.UniqueConstraint("certification_id", "number"),
        sa.CheckConstraint("period_months > 0", name="period_months"),
        sa.CheckConstraint("window_days >= 0 AND grace_days >= 0", name="days"),
    )

    id: Mapped[Id]
    certification_id: Mapped[int] = mapped_column(sa.ForeignKey("certification.id"))
    number: Mapped[int]
    name: Mapped[Words]
    short: Mapped[str] = mapped_column(sa.String(40))
    issuer: Mapped[str]
    description: Mapped[Words]
    mode: Mapped[ExpiryMode] = mapped_column(enum_column(ExpiryMode))
    period_months: Mapped[int | None]
    fixed_on: Mapped[date | None]
    least_months: Mapped[int] = mapped_column(default=0)
    lapse_months: Mapped[int | None]
    window_days: Mapped[int] = mapped_column(default=90)
    expiring_days: Mapped[int] = mapped_column(default=30)
    grace_days: Mapped[int] = mapped_column(default=0)
    renewal_minutes: Mapped[int] = mapped_column(default=0)
    renewal_minima: Mapped[Json] = mapped_column(default=dict)
    needs_check: Mapped[bool] = mapped_column(default=True)
    effective_from: Mapped[date]
    voids_older: Mapped[bool] = mapped_column(default=False)
    void_from: Mapped[date | None]
    content_hash: Mapped[str] = mapped_column(sa.String(64))
    published_at: Mapped[datetime]
    published_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))

    certification: Mapped[Certification] = relationship(foreign_keys=[certification_id])
    criteria: Mapped[list[Criterion]] = relationship(
        back_populates="certification_version", order_by="Criterion.order, Criterion.id"
    )
    prerequisites: Mapped[list[Prerequisite]] = relationship(order_by="Prerequisite.id")


class Criterion(Model):
    """One thing a certification asks for, at the first award, at renewal, or both.

    A criterion with a course is met by completing it; else by words or a file that a second person
    checks.
    """

    __tablename__ = "certification_criterion"

    id: Mapped[Id]
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("certification_version.id"), index=True)
    kind: Mapped[CriterionKind] = mapped_column(enum_column(CriterionKind))
    text: Mapped[Words]
    course_id: Mapped[int | None] = mapped_column(sa.ForeignKey("course.id"), index=True)
    needs_file: Mapped[bool] = mapped_column(default=False)
    at_first: Mapped[bool] = mapped_column(default=True)
    at_renewal: Mapped[bool] = mapped_column(default=False)
    order: Mapped[int]

    certification_version: Mapped[CertificationVersion] = relationship(back_populates="criteria")
    course: Mapped[Course | None] = relationship()


class Prerequisite(Model):
    """A certification that must be in force before another is awarded."""

    __tablename__ = "certification_prerequisite"
    __table_args__ = (sa.UniqueConstraint("version_id", "required_id"),)

    id: Mapped[Id]
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("certification_version.id"))
    required_id: Mapped[int] = mapped_column(sa.ForeignKey("certification.id"), index=True)

    required: Mapped[Certification] = relationship()


class ClientQueue(Model):
    """Customers served together, with the least number of people who must be able to serve."""

    __tablename__ = "client_queue"
    __table_args__ = (sa.CheckConstraint("minimum >= 0", name="minimum"),)

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(sa.String(60), unique=True)
    name: Mapped[Words]
    minimum: Mapped[int] = mapped_column(default=1)
    is_active: Mapped[bool] = mapped_column(default=True)

    teams: Mapped[list[QueueTeam]] = relationship(
        cascade="all, delete-orphan", order_by="QueueTeam.id"
    )


class QueueTeam(Model):
    """A team whose people, and those of the teams below it, serve a queue."""

    __tablename__ = "client_queue_team"
    __table_args__ = (sa.UniqueConstraint("queue_id", "team_id"),)

    id: Mapped[Id]
    queue_id: Mapped[int] = mapped_column(sa.ForeignKey("client_queue.id"))
    team_id: Mapped[int] = mapped_column(sa.ForeignKey("team.id"), index=True)

    team: Mapped[Team] = relationship()


class Mandate(Model):
    """Makes a certification mandatory for a role, a team and below it, a site, or a queue.

    Conditions add up; an empty one asks nothing, a mandate has at least one. ``within_days`` are
    calendar days from the first day in the role or team until it must be held.
    """

    __tablename__ = "certification_mandate"
    __table_args__ = (
        sa.CheckConstraint("within_days >= 0", name="within_days"),
        sa.CheckConstraint(
            "role_id IS NOT NULL OR team_id IS NOT NULL OR site_id IS NOT NULL "
            "OR queue_id IS NOT NULL",
            name="any_condition",
        ),
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ordered"),
    )

    id: Mapped[Id]
    certification_id: Mapped[int] = mapped_column(sa.ForeignKey("certification.id"), index=True)
    role_id: Mapped[int | None] = mapped_column(sa.ForeignKey("role.id"))
    team_id: Mapped[int | None] = mapped_column(sa.ForeignKey("team.id"))
    site_id: Mapped[int | None] = mapped_column(sa.ForeignKey("site.id"))
    queue_id: Mapped[int | None] = mapped_column(sa.ForeignKey("client_queue.id"))
    within_days: Mapped[int] = mapped_column(default=0)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]

    certification: Mapped[Certification] = relationship()
    role: Mapped[Role | None] = relationship()
    team: Mapped[Team | None] = relationship()
    site: Mapped[Site | None] = relationship()
    queue: Mapped[ClientQueue | None] = relationship()

    def due_on(self, since: date) -> date:
        """The day from which somebody who meets the conditions since a day must hold it."""
        return max(since, self.starts_on) + timedelta(days=self.within_days)
