"""Ways to an award that are under way, waivers, and the names of kinds of hours."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from portal.certification.models import (
    Certification,
    CertificationVersion,
    Criterion,
    Pursuit,
    PursuitEvidence,
    Waiver,
)
from portal.certification.states import CertificationState
from portal.training.models import CreditCategory


def open_pursuits_of(person_id: int) -> sa.Select[Pursuit]:
    """What a person has begun and neither handed in nor given up."""
    return sa.select(Pursuit).where(Pursuit.person_id == person_id, Pursuit.closed_at.is_(None))


def open_pursuit(person_id: int, certification_id: int) -> sa.Select[Pursuit]:
    """The one of a certification, if there is one."""
    return open_pursuits_of(person_id).where(Pursuit.certification_id == certification_id)


def certifications_with(person_id: int, day: date) -> sa.Select[*tuple[Any, ...]]:
    """All certifications, each with the pursuits of a person and with what waives it on a day.

    Rows of certification, pursuit and waiver, the oldest certification first; several rows where
    there are several pursuits.
    """
    lasts = sa.or_(Waiver.ends_on.is_(None), Waiver.ends_on >= day)
    waives = sa.and_(Waiver.person_id == person_id, Waiver.starts_on <= day, lasts)
    begun = sa.and_(Pursuit.person_id == person_id, Pursuit.certification_id == Certification.id)
    return (
        sa.select(Certification, Pursuit, Waiver)
        .outerjoin(Pursuit, begun)
        .outerjoin(Waiver, sa.and_(waives, Waiver.certification_id == Certification.id))
        .options(joinedload(Certification.current), joinedload(Waiver.granted_by))
        .order_by(Certification.id, Pursuit.id, Waiver.starts_on.desc(), Waiver.id.desc())
    )


def evidence_for(pursuit_id: int) -> sa.Select[PursuitEvidence]:
    """What was brought, oldest first, so that the last of a criterion counts."""
    return (
        sa.select(PursuitEvidence)
        .where(PursuitEvidence.pursuit_id == pursuit_id)
        .options(
            joinedload(PursuitEvidence.criterion, innerjoin=True),
            joinedload(PursuitEvidence.file),
            joinedload(PursuitEvidence.given_by, innerjoin=True),
        )
        .order_by(PursuitEvidence.id)
    )


def waivers_of(person_id: int) -> sa.Select[Waiver]:
    """From what a person was ever released, newest first."""
    return (
        sa.select(Waiver)
        .where(Waiver.person_id == person_id)
        .options(joinedload(Waiver.granted_by, innerjoin=True))
        .order_by(Waiver.starts_on.desc(), Waiver.id.desc())
    )


def waivers_over(
    person_id: int, certification_id: int, first: date, last: date | None
) -> sa.Select[Waiver]:
    """Waivers that share a day with a period; without ``last`` it has no end."""
    select = waivers_of(person_id).where(
        Waiver.certification_id == certification_id,
        sa.or_(Waiver.ends_on.is_(None), Waiver.ends_on >= first),
    )
    return select if last is None else select.where(Waiver.starts_on <= last)


def certifications_by_course(course_id: int) -> sa.Select[Certification]:
    """Certifications in use whose present rule asks for a course."""
    current = Certification.current_version_id == CertificationVersion.id
    return (
        sa.select(Certification)
        .join(CertificationVersion, current)
        .where(
            Certification.state == CertificationState.IN_USE,
            CertificationVersion.criteria.any(Criterion.course_id == course_id),
        )
        .options(
            joinedload(Certification.current, innerjoin=True).selectinload(
                CertificationVersion.criteria
            )
        )
        .order_by(Certification.id)
    )


def category_names(keys: Iterable[str]) -> sa.Select[*tuple[Any, ...]]:
    """Key and name of kinds of hours."""
    return sa.select(CreditCategory.key, CreditCategory.name).where(
        CreditCategory.key.in_(list(keys))
    )
