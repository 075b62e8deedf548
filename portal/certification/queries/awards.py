"""Awards with all that decides how they stand, and the version of a rule in force on a day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from portal.certification.models import Award, Certification, CertificationVersion

AWARD_FACTS: tuple[ORMOption, ...] = (
    joinedload(Award.certification_version, innerjoin=True),
    joinedload(Award.check),
    joinedload(Award.revocation),
    joinedload(Award.superseded_by).joinedload(Award.check),
    selectinload(Award.lapses),
)
"""Loads what ``standing.Facts.of`` reads, two statements for any number of awards."""


def awards_of(person_id: int, certification_ids: Collection[int] | None = None) -> sa.Select[Award]:
    """A person's awards, of all or some certifications, newest first, ready for ``Facts.of``."""
    select = sa.select(Award).where(Award.person_id == person_id).options(*AWARD_FACTS)
    if certification_ids is not None:
        select = select.where(Award.certification_id.in_(certification_ids))
    return select.order_by(Award.issued_on.desc(), Award.id.desc())


def version_on(certification: Certification, day: date) -> sa.Select[CertificationVersion]:
    """The version in force on a day: one row.

    A certificate from before the first version, brought along from elsewhere, falls under that.
    """
    later = CertificationVersion.effective_from > day
    oldest_of_later = sa.case((later, CertificationVersion.number), else_=0)
    return (
        sa.select(CertificationVersion)
        .where(CertificationVersion.certification_id == certification.id)
        .order_by(
            oldest_of_later,
            CertificationVersion.effective_from.desc(),
            CertificationVersion.number.desc(),
        )
        .limit(1)
    )
