"""Awards with all that decides how they stand, and the version of a rule in force on a day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from portal.accounts.models import Account
from portal.accounts.states import AccountRole
from portal.certification.models import (
    Award,
    AwardEvidence,
    Certification,
    CertificationVersion,
    OpenCheck,
)
from portal.people.queries import answered_for_by

_FACTS: tuple[ORMOption, ...] = (
    joinedload(Award.certification_version, innerjoin=True),
    joinedload(Award.check),
    joinedload(Award.revocation),
    joinedload(Award.superseded_by).joinedload(Award.check),
)

AWARD_FACTS = (*_FACTS, selectinload(Award.lapses))
"""Loads what ``standing.Facts.of`` reads, two statements for any number of awards."""


def award_with_facts(award_id: int) -> sa.Select[Award]:
    """One award, ready for ``Facts.of``."""
    return sa.select(Award).where(Award.id == award_id).options(*AWARD_FACTS)


def awards_of(person_id: int, certification_ids: Collection[int] | None = None) -> sa.Select[Award]:
    """A person's awards, of all or some certifications, newest first, ready for ``Facts.of``."""
    select = sa.select(Award).where(Award.person_id == person_id).options(*AWARD_FACTS)
    if certification_ids is not None:
        select = select.where(Award.certification_id.in_(certification_ids))
    return select.order_by(Award.issued_on.desc(), Award.id.desc())


def awards_shown(person_id: int, day: date) -> sa.Select[Award]:
    """The awards a person had by a day, as ``awards_of`` has them; read them with ``unique()``."""
    return (
        sa.select(Award)
        .where(Award.person_id == person_id, Award.issued_on <= day)
        .options(*_FACTS, joinedload(Award.lapses))
        .order_by(Award.issued_on.desc(), Award.id.desc())
    )


def awaiting_check(viewer: Account) -> sa.Select[Award]:
    """``awards_to_check`` with the evidence."""
    evidence = selectinload(Award.evidence)
    return awards_to_check(viewer).options(evidence.joinedload(AwardEvidence.file))


def awards_to_check(viewer: Account) -> sa.Select[Award]:
    """What a viewer may check: HR everything, others what the people they manage handed in.

    Left out are one's own and what one has entered oneself.
    """
    select = (
        sa.select(Award)
        .join(OpenCheck, OpenCheck.award_id == Award.id)
        .where(
            Award.person_id != viewer.person_id,
            sa.or_(Award.awarded_by_id.is_(None), Award.awarded_by_id != viewer.id),
        )
        .options(
            joinedload(Award.person, innerjoin=True),
            joinedload(Award.certification_version, innerjoin=True),
        )
    )
    if viewer.has_role(AccountRole.HR):
        return select
    return select.where(answered_for_by(viewer, Award.person_id))


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
