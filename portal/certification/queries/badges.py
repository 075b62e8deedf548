"""Badges by their address and their award, the keys that sign them, and what is revoked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from portal.certification.models import (
    Award,
    AwardLapse,
    Badge,
    BadgeKey,
    CertificationVersion,
    Revocation,
)
from portal.core.db import db


def badge_with_uid(uid: str) -> sa.Select[Badge]:
    """A signed badge by its address."""
    return sa.select(Badge).where(Badge.uid == uid, Badge.token != "")


def badge_of(award: Award) -> sa.Select[Badge]:
    """The published badge of an award, signed or about to be."""
    return sa.select(Badge).where(Badge.award_id == award.id, Badge.withdrawn_at.is_(None))


def published_version(version_id: int) -> sa.Select[CertificationVersion]:
    """A version of a certification, if there is a badge of it."""
    has_badge = (
        sa.select(Badge.id)
        .join(Award, Award.id == Badge.award_id)
        .where(Award.version_id == CertificationVersion.id)
    )
    return (
        sa.select(CertificationVersion)
        .where(CertificationVersion.id == version_id, has_badge.exists())
        .options(selectinload(CertificationVersion.criteria))
    )


def keys() -> sa.Select[BadgeKey]:
    """All keys, newest first; the first without ``retired_at`` signs."""
    return sa.select(BadgeKey).order_by(BadgeKey.id.desc())


def keys_with_counts() -> sa.Select[BadgeKey, int]:
    """All keys, newest first, with the number of badges each signed."""
    signed = sa.select(sa.func.count(Badge.id)).where(Badge.key_id == BadgeKey.id).scalar_subquery()
    return sa.select(BadgeKey, signed).order_by(BadgeKey.id.desc())


def revoked_places(first: int, last: int, day: date) -> Iterator[int]:
    """The places from ``first`` to ``last`` of badges that no longer count though unexpired.

    Those are badges withdrawn, and those of awards revoked, voided by a newer rule, or lapsed
    after leaving. An award that expired or was renewed stays off: its badge says until when.
    """
    ended = (
        sa.select(Badge.status_index)
        .join(Badge.award)
        .join(Award.certification_version)
        .outerjoin(Award.revocation)
        .where(
            Badge.status_index.between(first, last),
            sa.or_(
                Badge.withdrawn_at.is_not(None),
                Revocation.revoked_on <= day,
                CertificationVersion.void_from <= day,
            ),
        )
    )
    yield from db.session.scalars(ended)
    lapsed = (
        sa.select(Badge.status_index, AwardLapse.lapses_on, AwardLapse.returned_on)
        .join(AwardLapse, AwardLapse.award_id == Badge.award_id)
        .where(Badge.status_index.between(first, last), AwardLapse.lapses_on < day)
    )
    for place, lapses_on, returned_on in db.session.execute(lapsed):
        if returned_on is None or returned_on > lapses_on + timedelta(days=1):
            yield place
