"""Awards and what became of them: rows are added and never changed."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship, remote

from portal.accounts.models import Account
from portal.certification.models.definition import Certification, CertificationVersion, Criterion
from portal.certification.states import AwardSource
from portal.core.db import Id, Model, Versioned, enum_column
from portal.core.files import StoredFile
from portal.people.models import Person
from portal.training.models import Completion


class Award(Model):
    """That a person was awarded a certification under one version of its rule.

    ``issued_on`` is the first and ``expires_on`` the last valid day, reckoned by the rule when the
    row was written; ``None`` never expires by date. A renewal or a correction ``supersedes`` an
    older row; a database trigger refuses UPDATE and DELETE. ``reference`` is the number at the
    issuer.
    """

    __tablename__ = "award"
    __table_args__ = (
        sa.CheckConstraint("expires_on IS NULL OR expires_on >= issued_on", name="ordered"),
        sa.Index("ix_award_person", "person_id", "certification_id", "issued_on"),
        sa.Index("ix_award_expires", "expires_on", "id"),
        sa.Index("ix_award_certification", "certification_id", "expires_on"),
    )

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    certification_id: Mapped[int] = mapped_column(sa.ForeignKey("certification.id"))
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("certification_version.id"), index=True)
    supersedes_id: Mapped[int | None] = mapped_column(sa.ForeignKey("award.id"), index=True)
    issued_on: Mapped[date]
    expires_on: Mapped[date | None]
    source: Mapped[AwardSource] = mapped_column(enum_column(AwardSource))
    reference: Mapped[str] = mapped_column(sa.String(120), default="")
    needs_check: Mapped[bool]
    awarded_at: Mapped[datetime]
    awarded_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))

    person: Mapped[Person] = relationship()
    certification: Mapped[Certification] = relationship()
    certification_version: Mapped[CertificationVersion] = relationship()
    supersedes: Mapped[Award | None] = relationship(remote_side="Award.id")
    superseded_by: Mapped[Award | None] = relationship(
        primaryjoin=lambda: _takes_the_place(),  # noqa: PLW0108 - it is defined further down
        uselist=False,
        viewonly=True,
    )
    awarded_by: Mapped[Account | None] = relationship()
    evidence: Mapped[list[AwardEvidence]] = relationship(
        back_populates="award", order_by="AwardEvidence.id"
    )
    check: Mapped[AwardCheck | None] = relationship(back_populates="award")
    revocation: Mapped[Revocation | None] = relationship(back_populates="award")
    lapses: Mapped[list[AwardLapse]] = relationship(order_by="AwardLapse.id")


class AwardEvidence(Model):
    """What showed that one criterion was met: words, a file, or a completed course."""

    __tablename__ = "award_evidence"

    id: Mapped[Id]
    award_id: Mapped[int] = mapped_column(sa.ForeignKey("award.id"), index=True)
    criterion_id: Mapped[int | None] = mapped_column(sa.ForeignKey("certification_criterion.id"))
    note: Mapped[str] = mapped_column(sa.Text, default="")
    file_id: Mapped[int | None] = mapped_column(sa.ForeignKey("stored_file.id"))
    completion_id: Mapped[int | None] = mapped_column(sa.ForeignKey("completion.id"))

    award: Mapped[Award] = relationship(back_populates="evidence")
    criterion: Mapped[Criterion | None] = relationship()
    file: Mapped[StoredFile | None] = relationship()
    completion: Mapped[Completion | None] = relationship()


class AwardCheck(Model):
    """That a second person looked at the evidence of an award, and agreed or not."""

    __tablename__ = "award_check"

    id: Mapped[Id]
    award_id: Mapped[int] = mapped_column(sa.ForeignKey("award.id"), unique=True)
    agreed: Mapped[bool]
    note: Mapped[str] = mapped_column(sa.Text, default="")
    checked_at: Mapped[datetime]
    checked_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))

    award: Mapped[Award] = relationship(back_populates="check")
    checked_by: Mapped[Account] = relationship()


class OpenCheck(Model):
    """That an award still waits for its check; triggers of the database keep these rows.

    Few of all awards do, and which they are is asked on every visit of the home page.
    """

    __tablename__ = "award_open_check"

    award_id: Mapped[int] = mapped_column(
        sa.ForeignKey("award.id"), primary_key=True, autoincrement=False
    )


class Revocation(Model):
    """That an award was taken back; it does not count from ``revoked_on`` on."""

    __tablename__ = "award_revocation"

    id: Mapped[Id]
    award_id: Mapped[int] = mapped_column(sa.ForeignKey("award.id"), unique=True)
    revoked_on: Mapped[date]
    reason: Mapped[str] = mapped_column(sa.Text)
    revoked_at: Mapped[datetime]
    revoked_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))

    award: Mapped[Award] = relationship(back_populates="revocation")
    revoked_by: Mapped[Account] = relationship()


def _takes_the_place() -> sa.ColumnElement[bool]:
    """From an award to the one that supersedes it, unless the second person refused that one.

    After a refusal another row may supersede the same award; operations see to it, under a lock,
    that only one of them stands.
    """
    refused = sa.exists().where(
        AwardCheck.award_id == remote(Award.id), AwardCheck.agreed.is_(False)
    )
    return sa.and_(Award.id == remote(foreign(Award.supersedes_id)), ~refused)


class AwardLapse(Model):
    """That the holder left, and until when the award holds good unless they return first.

    The last valid day is ``lapses_on``; a ``returned_on`` up to the day after it undoes the lapse.
    """

    __tablename__ = "award_lapse"
    __table_args__ = (sa.UniqueConstraint("award_id", "left_on"),)

    id: Mapped[Id]
    award_id: Mapped[int] = mapped_column(sa.ForeignKey("award.id"))
    left_on: Mapped[date]
    lapses_on: Mapped[date]
    returned_on: Mapped[date | None]


class Pursuit(Versioned, Model):
    """A person's way to a first award or a renewal, until it is handed in or given up."""

    __tablename__ = "certification_pursuit"
    __table_args__ = (
        sa.Index(
            "uq_certification_pursuit_open",
            "person_id",
            "certification_id",
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        ),
    )

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    certification_id: Mapped[int] = mapped_column(sa.ForeignKey("certification.id"), index=True)
    version_id: Mapped[int] = mapped_column(sa.ForeignKey("certification_version.id"))
    renews_id: Mapped[int | None] = mapped_column(sa.ForeignKey("award.id"))
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    award_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("award.id", name="fk_certification_pursuit_award"), unique=True
    )

    person: Mapped[Person] = relationship()
    certification: Mapped[Certification] = relationship()
    certification_version: Mapped[CertificationVersion] = relationship()
    renews: Mapped[Award | None] = relationship(foreign_keys=[renews_id])
    award: Mapped[Award | None] = relationship(foreign_keys=[award_id])
    evidence: Mapped[list[PursuitEvidence]] = relationship(
        back_populates="pursuit", order_by="PursuitEvidence.id"
    )


class PursuitEvidence(Model):
    """What a person has brought so far for one criterion; the latest row of a criterion counts."""

    __tablename__ = "certification_pursuit_evidence"

    id: Mapped[Id]
    pursuit_id: Mapped[int] = mapped_column(sa.ForeignKey("certification_pursuit.id"), index=True)
    criterion_id: Mapped[int] = mapped_column(sa.ForeignKey("certification_criterion.id"))
    note: Mapped[str] = mapped_column(sa.Text, default="")
    file_id: Mapped[int | None] = mapped_column(sa.ForeignKey("stored_file.id"))
    given_at: Mapped[datetime]
    given_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))

    pursuit: Mapped[Pursuit] = relationship(back_populates="evidence")
    criterion: Mapped[Criterion] = relationship()
    file: Mapped[StoredFile | None] = relationship()
    given_by: Mapped[Account] = relationship()


class Waiver(Model):
    """That a person need not hold a certification for a time; ``ends_on`` is the last such day."""

    __tablename__ = "certification_waiver"
    __table_args__ = (
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="ordered"),
        sa.Index("ix_certification_waiver_person", "person_id", "certification_id"),
    )

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    certification_id: Mapped[int] = mapped_column(sa.ForeignKey("certification.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(sa.Text)
    granted_at: Mapped[datetime]
    granted_by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))

    person: Mapped[Person] = relationship()
    certification: Mapped[Certification] = relationship()
    granted_by: Mapped[Account] = relationship()


class Reminder(Model):
    """That somebody was told ``days`` before an award's expiry; the row is why nobody hears twice.

    ``person_id`` is who was told: the holder or their manager.
    """

    __tablename__ = "award_reminder"
    __table_args__ = (sa.UniqueConstraint("award_id", "days", "person_id"),)

    id: Mapped[Id]
    award_id: Mapped[int] = mapped_column(sa.ForeignKey("award.id"))
    days: Mapped[int]
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    told_at: Mapped[datetime]
