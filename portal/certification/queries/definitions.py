"""Certifications, the versions of their rules, and how many people hold them."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, aliased, joinedload, selectinload

from portal.accounts.models import Account
from portal.certification.models import (
    Award,
    AwardCheck,
    AwardLapse,
    Certification,
    CertificationVersion,
    Criterion,
    Prerequisite,
    Revocation,
)
from portal.core.db import db
from portal.training.models import Course


def certifications() -> sa.Select[Certification]:
    """All certifications with the version that is current, in the order they were added."""
    return (
        sa.select(Certification)
        .options(joinedload(Certification.current))
        .order_by(Certification.id)
    )


def certification_with_key(key: str) -> sa.Select[Certification]:
    """The certification of this key."""
    return sa.select(Certification).where(Certification.key == key)


def version_in_full(version_id: int) -> sa.Select[CertificationVersion]:
    """A version with its criteria, their courses, and what it requires by name."""
    required = selectinload(CertificationVersion.prerequisites).joinedload(
        Prerequisite.required, innerjoin=True
    )
    return (
        sa.select(CertificationVersion)
        .where(CertificationVersion.id == version_id)
        .options(
            joinedload(CertificationVersion.certification, innerjoin=True),
            selectinload(CertificationVersion.criteria)
            .joinedload(Criterion.course)
            .load_only(Course.title, Course.key),
            required.joinedload(Certification.current).load_only(
                CertificationVersion.name, CertificationVersion.short
            ),
        )
    )


def versions_of(certification_id: int) -> sa.Select[*tuple[Any, ...]]:
    """Every version of a certification with the name of who published it, newest first."""
    return (
        sa.select(CertificationVersion, Account.display_name)
        .outerjoin(Account, Account.id == CertificationVersion.published_by_id)
        .where(CertificationVersion.certification_id == certification_id)
        .order_by(CertificationVersion.number.desc())
    )


def versions_before(version: CertificationVersion) -> sa.Select[CertificationVersion]:
    """The older versions of the same certification, newest first."""
    return (
        sa.select(CertificationVersion)
        .where(
            CertificationVersion.certification_id == version.certification_id,
            CertificationVersion.number < version.number,
        )
        .order_by(CertificationVersion.number.desc())
    )


def prerequisite_edges() -> sa.Select[*tuple[Any, ...]]:
    """Pairs of certification ids: whose current version requires which."""
    return sa.select(Certification.id, Prerequisite.required_id).join(
        Prerequisite, Prerequisite.version_id == Certification.current_version_id
    )


def certifications_requiring(certification_id: int) -> sa.Select[Certification]:
    """Those whose current version requires this one."""
    return (
        certifications()
        .join(Prerequisite, Prerequisite.version_id == Certification.current_version_id)
        .where(Prerequisite.required_id == certification_id)
    )


def awards_to_void(
    certification_id: int, day: date, *, before: int | None = None
) -> sa.Select[Any]:
    """How many awards that would still count on a day fall under versions before this number."""
    select = (
        sa.select(sa.func.count())
        .select_from(Award)
        .join(CertificationVersion, CertificationVersion.id == Award.version_id)
        .where(Award.certification_id == certification_id, *_lasting(day))
    )
    return select if before is None else select.where(CertificationVersion.number < before)


def holders(day: date) -> sa.Select[*tuple[Any, ...]]:
    """Certification id and how many people have an award that counts on a day, grace left out."""
    return (
        sa.select(Award.certification_id, sa.func.count(Award.person_id.distinct()))
        .join(CertificationVersion, CertificationVersion.id == Award.version_id)
        .where(Award.issued_on <= day, *_lasting(day), _agreed())
        .group_by(Award.certification_id)
    )


def _lasting(day: date) -> tuple[sa.ColumnElement[bool], ...]:
    """Not over on a day by date, rule, revocation, refusal, lapse or another award instead."""
    after = aliased(Award)
    refused = sa.select(AwardCheck.award_id).where(AwardCheck.agreed.is_(False))
    revoked = sa.select(Revocation.award_id).where(Revocation.revoked_on <= day)
    lapsed = sa.select(AwardLapse.award_id).where(
        AwardLapse.left_on < day,
        AwardLapse.lapses_on < day,
        sa.or_(
            AwardLapse.returned_on.is_(None),
            AwardLapse.returned_on > _day_after(AwardLapse.lapses_on),
        ),
    )
    return (
        sa.or_(Award.expires_on.is_(None), Award.expires_on >= day),
        sa.or_(CertificationVersion.void_from.is_(None), CertificationVersion.void_from > day),
        Award.id.not_in(refused),
        Award.id.not_in(revoked),
        Award.id.not_in(lapsed),
        ~sa.exists().where(after.supersedes_id == Award.id, after.issued_on <= day, _agreed(after)),
    )


def _day_after(day: InstrumentedAttribute[date]) -> sa.ColumnElement[date]:
    if db.session.get_bind().dialect.name == "postgresql":
        return day + sa.literal(1)
    return sa.func.date(day, "+1 day", type_=sa.Date)


def _agreed(award: type[Award] = Award) -> sa.ColumnElement[bool]:
    """Whether nobody has to look at the evidence any more; ``award`` may be an alias."""
    agreed = sa.select(AwardCheck.award_id).where(AwardCheck.agreed)
    return sa.or_(~award.needs_check, award.id.in_(agreed))
